#!/usr/bin/env python3
"""Writes ../Data/services.jsonl: requests to services other than S3 whose paths have to be normalized and encoded a second time, as botocore signs
them. With --check, it writes nothing, and exits with 1 if the file is out of date."""
import json
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlencode

from botocore import auth, awsrequest, credentials

OUTPUT = Path(__file__).resolve().parent.parent / "Data" / "services.jsonl"
SIGNED_AT = "2026-11-23T20:53:40Z"
SERVICES = ["sts", "execute-api", "es", "iotdevicegateway", "lambda", "rds-db", "s3-outposts"]
# Without "/a/b/..", which botocore normalizes to "/a", but RFC 3986 and PresignKit to "/a/". PresignKit emits the path that it signs, so a server accepts either.
PATHS = ["/", "/a", "/a/", "/a b", "/a%b", "/ü/日本", "/a//b", "/a/./b", "/a/../b", "/..", "/%41", "/a:b@c", "/-._~", "/a+b=c", "/x/ /y"]
QUERIES = [[], [["Action", "GetCallerIdentity"], ["Version", "2011-06-15"]], [["z", "1 2"], ["a", ""], ["é", "ü/"]]]
HEADERS = [[], [["x-k8s-aws-id", "my cluster"]]]


def cases():
    for service in SERVICES:
        for path in PATHS:
            index = PATHS.index(path) + SERVICES.index(service)
            yield service, path, QUERIES[index % len(QUERIES)], HEADERS[index % len(HEADERS)], [None, "tok/en+=="][index % 5 == 0]


def sign(service, path, query, headers, token):
    host = f"{service}.r1.example.test"
    url = f"https://{host}{quote(path, safe='/-_.~')}" + ("?" + urlencode([tuple(pair) for pair in query], quote_via=quote, safe="-_.~") if query else "")
    request = awsrequest.AWSRequest("GET", url, headers=dict(headers))
    signer = (auth.S3SigV4QueryAuth if service.startswith("s3") else auth.SigV4QueryAuth)(
        credentials.Credentials("AKIDEXAMPLE", "made/up+secret", token), service, "r1", expires=60)
    signer.add_auth(request)
    return {
        "id": f"{service}{path}", "service": service, "host": host, "path": path, "query": query, "headers": headers, "sessionToken": token,
        "url": request.url}


def main():
    auth.get_current_datetime = lambda remove_tzinfo=True: datetime.strptime(SIGNED_AT, "%Y-%m-%dT%H:%M:%SZ")
    text = "".join(json.dumps(sign(*case)) + "\n" for case in cases())
    if "--check" in sys.argv:
        sys.exit(0 if OUTPUT.read_text() == text else f"{OUTPUT.name} is out of date. Run services.py without --check.")
    OUTPUT.write_text(text)


if __name__ == "__main__":
    main()
