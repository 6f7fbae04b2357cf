"""図表 through the front door: handed in, described, arranged, kept inside the fence, carried by the document."""

import hashlib
import json

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from municipalities.kernel import attachments, files, submission_keys
from municipalities.models import Attachment, Change, ProfilePicture, TrashItem
from municipalities.tenancy import within
from reports.document import assembly
from tests import world
from tests.pictures import drawn, photo_with_secrets

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/"
PROFILE = f"{YEAR}profile/"
PICTURES = f"{YEAR}profile/pictures/"
ADD = f"{PICTURES}add/"
SECRET = "GPS-SECRET"


def add(client, data=None, name="圏域図.png", **fields):
    sent = SimpleUploadedFile(name, drawn() if data is None else data, content_type="image/png")
    form = {
        "image": sent,
        "caption": "日常生活圏域図",
        "source": "第9期計画",
        "audience": "adviser",
        "submission_key": submission_keys.new(),
    }
    return client.post(ADD, form | fields)


def last():
    return ProfilePicture.objects.select_related("attachment").order_by("position").last()


def refused(response):
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="日常生活圏域図"' in page, "the typed caption stays"
    assert ProfilePicture.objects.count() == 1
    return page


def test_a_picture_is_added_shown_and_served(as_editor, here):
    response = add(as_editor)

    assert response.headers["Location"] == f"{PROFILE}#pictures"
    row = last()
    page = as_editor.get(PROFILE).content.decode()
    address = f"{PICTURES}{row.key}/image/"
    assert f'src="{address}" alt="日常生活圏域図" width="40" height="30"' in page
    assert "出典：第9期計画" in page
    served = as_editor.get(address)
    assert hashlib.sha256(served.content).hexdigest() == row.attachment.sha256
    assert served.headers["Content-Type"] == "image/png"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert served.headers["Cache-Control"] == "private, no-cache"
    assert (
        served.headers["Content-Disposition"] == f'inline; filename="{row.attachment.sha256}.png"'
    )
    assert "default-src 'self'" in served.headers["Content-Security-Policy"]


def test_an_unchanged_picture_is_not_sent_again(as_editor, here):
    address = f"{PICTURES}picture-1/image/"
    etag = as_editor.get(address).headers["ETag"]
    again = as_editor.get(address, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_what_is_stored_and_served_tells_no_place(as_editor, here):
    assert add(as_editor, photo_with_secrets(SECRET), name=f"{SECRET}.jpg").status_code == 302

    row = last()
    content = as_editor.get(f"{PICTURES}{row.key}/image/").content
    assert SECRET.encode() not in content
    assert row.attachment.content_type == "image/jpeg"
    assert row.attachment.path.read_bytes() == content
    assert SECRET not in row.attachment.file


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空です"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "PNG・JPEG・WebP"),
        (b"PK\x03\x04 a workbook by another name", "PNG・JPEG・WebP"),
        (b"MZ\x90 a program", "PNG・JPEG・WebP"),
        (drawn()[:70], "PNG・JPEG・WebP"),
        (drawn() + b"\0" * 5 * 1024 * 1024, "5MBまで"),
    ],
    ids=["empty", "svg", "zip", "exe", "cut", "heavy"],
)
def test_what_is_no_picture_of_ours_is_refused_whatever_its_name(as_editor, here, data, words):
    assert words in refused(add(as_editor, data, name="map.png"))


def test_a_bomb_is_refused(as_editor, here):
    bomb = drawn(size=(6400, 6400))
    assert len(bomb) < 200_000

    assert "4,000万画素まで" in refused(add(as_editor, bomb))


@pytest.mark.parametrize(
    "name",
    [
        "../../x.png",
        "..\\..\\x.png",
        "a" * 300 + ".png",
        "CON",
        "\u202egnp.exe",
        "x.html",
        "=cmd.png",
    ],
)
def test_the_name_of_a_file_reaches_no_path(as_editor, here, name):
    assert add(as_editor, drawn(colour="navy"), name=name).status_code == 302

    kept = last().attachment
    folder = settings.MEDIA_ROOT / "pictures" / str(here.municipality_id)
    assert kept.path == folder / f"{kept.sha256}.png"
    assert kept.path.stat().st_mode & 0o077 == 0
    assert "\u202e" not in kept.original_name
    assert len(kept.original_name) <= 200


def test_without_a_file_or_a_caption_nothing_is_kept(as_editor, here):
    form = {"caption": "図", "audience": "adviser", "submission_key": submission_keys.new()}
    missing = as_editor.post(ADD, form).content.decode()

    assert "画像のファイルを選んでください" in missing
    assert add(as_editor, caption=" 　").status_code == 422
    assert ProfilePicture.objects.count() == 1


def test_one_press_keeps_one_picture(as_editor, here):
    key = submission_keys.new()
    for _ in range(2):
        assert add(as_editor, submission_key=key).status_code == 302

    assert ProfilePicture.objects.count() == 2


def test_a_spent_key_with_another_file_does_not_pass_for_the_first(as_editor, here):
    key = submission_keys.new()
    add(as_editor, drawn(colour="red"), submission_key=key)
    other = add(as_editor, drawn(colour="blue"), submission_key=key)

    assert other.status_code == 422
    assert ProfilePicture.objects.count() == 2


def test_the_same_picture_twice_is_one_file(as_editor, here):
    add(as_editor), add(as_editor, caption="同じ図を別の説明で")

    assert Attachment.objects.filter(sha256=last().attachment.sha256).count() == 1
    assert ProfilePicture.objects.filter(attachment=last().attachment).count() == 2


def test_a_disk_that_takes_nothing_leaves_no_row_and_says_so(as_editor, here, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "keep_atomically", full)

    assert "画像を保存できませんでした" in refused(add(as_editor, drawn(colour="gold")))


def test_a_file_that_was_lost_is_absent_and_comes_back_with_the_picture(as_editor, here):
    add(as_editor, drawn(colour="olive"))
    row = last()
    row.attachment.path.unlink()
    address = f"{PICTURES}{row.key}/image/"
    assert as_editor.get(address).status_code == 404

    add(as_editor, drawn(colour="olive"))
    assert as_editor.get(address).status_code == 200


def test_the_caption_is_edited_the_picture_stays(as_editor, here):
    before = ProfilePicture.objects.get(key="picture-1").attachment_id
    form = {"base_version": "1", "caption": "新しい説明", "source": "", "audience": "internal"}
    assert as_editor.post(f"{PICTURES}picture-1/edit/", form).status_code == 302

    row = ProfilePicture.objects.get(key="picture-1")
    assert (row.caption, row.audience, row.attachment_id) == ("新しい説明", "internal", before)
    assert "庁内のみ" in as_editor.get(PROFILE).content.decode()


def test_pictures_move_and_come_back_from_the_trash(as_editor, here):
    add(as_editor)
    key = last().key
    as_editor.post(f"{PICTURES}{key}/up/")
    assert ProfilePicture.objects.first().key == key
    as_editor.post(f"{PICTURES}{key}/delete/", {"base_version": "2"})
    assert not ProfilePicture.objects.filter(key=key).exists()
    item = TrashItem.objects.get(kind="municipalities.profilepicture")
    as_editor.post(f"{YEAR}trash/{item.pk}/restore/")

    assert ProfilePicture.objects.first().key == key
    assert as_editor.get(f"{PICTURES}{key}/image/").status_code == 200


def test_the_neighbours_picture_is_absent(sign_in, here):
    theirs = world.cycle_of(world.THEIRS)
    with within(theirs.municipality):
        their_file = ProfilePicture.objects.get(key="picture-1").attachment
    ours = sign_in("editor").get(f"{PICTURES}picture-1/image/").content

    assert (
        sign_in("editor").get("/m/990027/2026/profile/pictures/picture-1/image/").status_code == 404
    )
    assert sign_in("neighbour").get(f"{PICTURES}picture-1/image/").status_code == 404
    assert hashlib.sha256(ours).hexdigest() != their_file.sha256
    for address in (
        f"/media/{their_file.file}",
        f"/{their_file.file}",
        f"/static/{their_file.file}",
    ):
        assert sign_in("editor").get(address).status_code == 404


def test_a_reader_sees_pictures_and_may_not_hand_any_in(sign_in, here):
    viewer = sign_in("viewer")

    assert viewer.get(f"{PICTURES}picture-1/image/").status_code == 200
    assert add(viewer).status_code == 403
    assert "図表を追加する" not in viewer.get(PROFILE).content.decode()


def test_the_document_carries_pictures_by_their_hash(as_editor, here, people):
    add(as_editor, audience="public")
    before = assembly.assemble(here)
    assert len(before["profile_pictures"]) == 2
    ProfilePicture.objects.all().delete()

    assert assembly.load(here, json.loads(assembly.canonical(before)), by=people["editor"]) == []
    assert assembly.assemble(here) == before


def test_a_document_may_not_fetch_the_neighbours_picture_by_its_hash(here, people):
    with within(world.cycle_of(world.THEIRS).municipality):
        foreign = Attachment.objects.first().sha256
    document = assembly.assemble(here)
    document["profile_pictures"][0]["sha256"] = foreign
    problems = assembly.load(here, document, by=people["editor"])

    assert [problem.pointer for problem in problems] == ["/profile_pictures/0/sha256"]


def test_pictures_that_stay_in_house_are_in_no_report(here):
    ProfilePicture.objects.update(audience="internal")

    assert assembly.assemble(here, for_report=True)["profile_pictures"] == []


def test_who_added_a_picture_is_in_the_history(as_editor, here):
    add(as_editor)

    change = Change.objects.filter(model="municipalities.profilepicture").first()
    assert (change.deed, change.actor.username) == ("create", "editor")
    assert attachments.FOLDER in last().attachment.file
