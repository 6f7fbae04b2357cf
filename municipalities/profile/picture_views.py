"""図表 of 自治体概要: handed in, described, arranged, and shown to nobody outside the municipality."""

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.kernel import attachments
from municipalities.models import ProfilePicture
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.profile.profile_forms import NewPictureForm, PictureForm
from municipalities.profile.profile_views import append, back_to, move, the_row


@requires(Permission.EDIT_PLAN)
def picture_add(request):
    page = EditPage(
        key=f"picture-new-{request.cycle.fiscal_year}",
        title="図表を追加する",
        back=back_to(request, "pictures"),
        lead="圏域図、写真、調査の結果表など、自治体概要に添える図表を1点ずつ追加します。",
    )
    return add_row(
        request,
        ProfilePicture(cycle=request.cycle),
        form_class=NewPictureForm,
        page=page,
        deed=lambda form: keep(form, by=request.user),
    )


def keep(form, *, by):
    """Store the picture and put it at the end of the year's list. Raises ValidationError."""
    form.instance.attachment = attachments.keep(
        form.cleaned_data["image"], original_name=form.original_name, by=by
    )
    append(form, by=by)


@requires(Permission.EDIT_PLAN)
def picture_edit(request, picture_key):
    page = EditPage(
        key=f"picture-{request.cycle.fiscal_year}-{picture_key}",
        title="図表の説明を編集する",
        back=back_to(request, f"profilepicture-{picture_key}"),
        lead="画像を差し替えるときは、新しい図表を追加してから、古い図表を削除してください。",
    )
    row = the_row(ProfilePicture, request, picture_key)
    return edit_row(request, row, form_class=PictureForm, page=page)


@requires(Permission.EDIT_PLAN)
def picture_delete(request, picture_key):
    page = DeletePage(title="図表を削除する", back=back_to(request, "pictures"))
    return delete_row(request, the_row(ProfilePicture, request, picture_key), page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def picture_move(request, picture_key, step):
    return move(request, the_row(ProfilePicture, request, picture_key), step=step)


@require_safe
@requires(Permission.VIEW_PLAN)
def picture_image(request, picture_key):
    """The picture's bytes, under a name and a type of ours; kept by nobody's cache but the reader's."""
    picture = the_row(ProfilePicture, request, picture_key).attachment
    try:
        content = picture.path.read_bytes()
    except FileNotFoundError as lost:
        raise Http404 from lost
    etag = f'"{picture.sha256}"'
    headers = {
        "Content-Disposition": content_disposition_header(
            as_attachment=False, filename=picture.path.name
        ),
        "Cache-Control": "private, no-cache",
        "ETag": etag,
    }
    response = HttpResponse(content, content_type=picture.content_type, headers=headers)
    return get_conditional_response(request, etag=etag, response=response)
