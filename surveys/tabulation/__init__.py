"""集計: tables of what was answered; pure, without a database."""
