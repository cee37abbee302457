"""Reads objects from S3, for those who ask for it (``--fetch-code``). The only place of a repair that uses the network.

boto3 (extra ``aws``) is imported when the first object is wanted, and finds credentials as it always does.
"""

from __future__ import annotations

from typing import Any

from fixer.cloudformation.limits import PACKAGE_BYTES
from fixer.model import Fetch, Unfetched

_SECONDS = 5
"""To connect; reading may take longer."""
_ANSWERS = {
    "403": "access is denied (403); s3:GetObject on it is needed, and s3:GetObjectVersion for a version",
    "404": "there is no such object (404)",
}


def s3_fetch() -> Fetch:
    """What reads objects with boto3. Each is read once, and what went wrong with it is remembered as well."""
    known: dict[tuple[str, str, str | None], bytes | Unfetched] = {}
    clients: list[Any] = []

    def fetch(bucket: str, key: str, version: str | None) -> bytes:
        place = (bucket, key, version)
        if place not in known:
            try:
                known[place] = _read(clients, *place)
            except Unfetched as reason:
                known[place] = reason
        found = known[place]
        if isinstance(found, Unfetched):
            raise found
        return found

    return fetch


def _read(clients: list[Any], bucket: str, key: str, version: str | None) -> bytes:
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
    except ImportError:
        raise Unfetched('boto3 is missing: pip install "cfnfix[aws]"') from None
    place = {"Bucket": bucket, "Key": key, **({"VersionId": version} if version else {})}
    try:
        if not clients:
            config = Config(connect_timeout=_SECONDS, read_timeout=4 * _SECONDS, retries={"total_max_attempts": 2})
            clients.append(boto3.session.Session().client("s3", config=config))
        _check_size(clients[0].head_object(**place)["ContentLength"])
        body = clients[0].get_object(**place)["Body"]
        try:
            content: bytes = body.read(PACKAGE_BYTES + 1)
        finally:
            body.close()
    except NoCredentialsError:
        raise Unfetched("there are no AWS credentials") from None
    except ClientError as error:
        raise Unfetched(_answer(error.response)) from None
    except (BotoCoreError, OSError, ValueError) as error:
        raise Unfetched(" ".join(str(error).split())) from None
    _check_size(len(content))  # it may be another object by now
    return content


def _check_size(size: int) -> None:
    if size > PACKAGE_BYTES:
        raise Unfetched(f"it is larger than {PACKAGE_BYTES // 1024 // 1024} MB")


def _answer(response: Any) -> str:
    """What S3 said, in words."""
    status = str(response.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
    if status in _ANSWERS:
        return _ANSWERS[status]
    error = response.get("Error", {})
    return " ".join(f"S3 answers {error.get('Code', status)}: {error.get('Message', '')}".split()).rstrip(": ")
