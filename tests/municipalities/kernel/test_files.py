"""Files of background work: whole or absent."""

import pytest

from municipalities.kernel import files


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_whole_and_its_owners_alone(tmp_path):
    path = tmp_path / "new" / "12.pdf"

    files.keep_atomically(path, b"whole")

    assert path.read_bytes() == b"whole"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_full_disk_leaves_the_former_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "12.pdf"
    files.keep_atomically(path, b"former")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.keep_atomically(path, b"x" * 10_000)

    assert path.read_bytes() == b"former"
    assert names(tmp_path) == ["12.pdf"]


def test_a_file_whose_rows_are_not_kept_goes(tmp_path):
    with (
        pytest.raises(ZeroDivisionError),
        files.kept(tmp_path, "12", attempt=1, suffix=".pdf", data=b"x"),
    ):
        raise ZeroDivisionError

    assert names(tmp_path) == []


def test_an_attempt_that_lost_its_lease_removes_its_own_file_only(tmp_path):
    with files.kept(tmp_path, "12", attempt=2, suffix=".pdf", data=b"second"):
        pass
    with (
        pytest.raises(ZeroDivisionError),
        files.kept(tmp_path, "12", attempt=1, suffix=".pdf", data=b"first"),
    ):
        raise ZeroDivisionError

    assert names(tmp_path) == ["12.2.pdf"]


def test_what_killed_attempts_left_goes_when_a_later_one_succeeds(tmp_path):
    for left in ("12.1.pdf", ".12.2.pdf.partial", "7.1.pdf"):
        (tmp_path / left).write_bytes(b"left")

    with files.kept(tmp_path, "12", attempt=3, suffix=".pdf", data=b"whole") as path:
        assert path.read_bytes() == b"whole"

    assert names(tmp_path) == ["12.3.pdf", "7.1.pdf"]


def test_a_file_that_grows_is_there_only_when_it_is_whole(tmp_path):
    path = tmp_path / "12.zip"

    with files.growing(path) as file:
        file.write(b"first ")
        assert not path.exists()
        file.write(b"second")

    assert path.read_bytes() == b"first second"
    assert path.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["12.zip"]


def test_a_file_that_stops_growing_leaves_nothing(tmp_path):
    def deed():
        with (
            files.staying(tmp_path, "12", attempt=1, suffix=".zip") as path,
            files.growing(path) as file,
        ):
            file.write(b"first")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed()

    assert names(tmp_path) == []


def test_a_grown_file_whose_rows_are_not_kept_goes(tmp_path):
    def deed():
        with files.staying(tmp_path, "12", attempt=1, suffix=".zip") as path:
            with files.growing(path) as file:
                file.write(b"whole")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed()

    assert names(tmp_path) == []
