"""Under the API's address every refusal is JSON, also one made before any operation ran."""

from municipalities.entrance.middleware import API_PREFIX
from reports.api.errors import speak_json

FIRST_REFUSAL = 400


class JsonErrors:
    """Outermost: what the fence, a parser of addresses or Django refused as a page becomes JSON."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type") != "application/json"
        if (
            response.status_code >= FIRST_REFUSAL
            and is_page
            and request.path_info.startswith(API_PREFIX)
        ):
            return speak_json(response)
        return response
