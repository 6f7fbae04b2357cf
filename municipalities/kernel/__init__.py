"""What every app needs, one module each. It knows tenancy and access, and no subject."""
