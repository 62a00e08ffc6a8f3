"""Records the results of boto3 and the AWS CLI, for the table in README.md and for docs/peers.md and docs/migration.md.

    python3 peers.py            # writes peers.json; with --check, exits with 1 if the file is out of date

boto3 1.43.11, AWS CLI 1.45.11 (Python 3.11). The script does not use the network, because it only signs.
"""
import json
import os
import pathlib
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import boto3
import botocore
from botocore import auth, signers
from botocore.config import Config
from botocore.credentials import RefreshableCredentials
from botocore.session import Session

import migration

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
FILE = pathlib.Path(__file__).with_name("peers.json")
NOW = datetime(2026, 3, 14, 15, 9, 26)
DAY = 86_400


def boto(key="a", expires=3600, region="eu-west-1", endpoint=None, version="s3v4", operation="get_object", **params):
    config = Config(signature_version=version) if version else Config()
    s3 = boto3.client("s3", region_name=region, endpoint_url=endpoint, aws_access_key_id=KEY, aws_secret_access_key=SECRET, config=config)
    return s3.generate_presigned_url(operation, Params={"Bucket": "my-bucket", "Key": key, **params}, ExpiresIn=expires)


def boto_of_a_role():
    def metadata():
        return {"access_key": KEY, "secret_key": SECRET, "token": "token", "expiry_time": (datetime.now(timezone.utc) + timedelta(hours=1)).isoformat()}

    session = Session()
    session._credentials = RefreshableCredentials.create_from_metadata(metadata(), metadata, "test")
    s3 = session.create_client("s3", region_name="eu-west-1", config=Config(signature_version="s3v4"))
    return s3.generate_presigned_url("get_object", Params={"Bucket": "my-bucket", "Key": "a"}, ExpiresIn=7 * DAY)


def cli(*arguments, region="eu-west-1", **variables):
    environment = {**os.environ, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_EC2_METADATA_DISABLED": "true", **variables}
    run = subprocess.run(["aws", "s3", "presign", *arguments, "--region", region], env=environment, capture_output=True, text=True, check=False)
    return run.stdout.strip() or run.stderr.strip()


def version(url):
    query = parse_qs(urlsplit(url).query)
    return "SigV4" if "X-Amz-Signature" in query else "SigV2" if "Signature" in query else "rejected"


def outcome(*urls):
    return "rejected" if all(version(url) == "rejected" for url in urls) else "signed"


def path(url, expected, kept):
    return kept if urlsplit(url).path == expected else urlsplit(url).path


def host(url):
    return {"my-bucket.s3.eu-west-1.amazonaws.com": "regional", "my-bucket.s3.amazonaws.com": "global"}[urlsplit(url).netloc]


def table():
    """The cells of README.md's table: boto3, the CLI."""
    http = "http://127.0.0.1:9000"
    hour = (datetime.now(timezone.utc) + timedelta(hours=1)).isoformat()
    commands = {command for command in subprocess.run(["aws", "s3", "help"], capture_output=True, text=True, check=True).stdout.split()}
    return {
        "default signature for AWS": [version(boto(version=None)), version(cli("s3://my-bucket/a"))],
        "host of eu-west-1": [host(boto()), host(cli("s3://my-bucket/a"))],
        "endpoint `http://…`": [urlsplit(boto(endpoint=http)).scheme, urlsplit(cli("s3://my-bucket/a", "--endpoint-url", http)).scheme],
        "expiry of 0 s, −5 s": [
            outcome(boto(expires=0), boto(expires=-5)),
            outcome(cli("s3://my-bucket/a", "--expires-in", "0"), cli("s3://my-bucket/a", "--expires-in", "-5"))],
        "expiry of 8 days": [
            "signed" if version(boto(expires=8 * DAY)) == "SigV4" else "other", version(cli("s3://my-bucket/a", "--expires-in", str(8 * DAY)))],
        "7 days, with credentials for 1 hour": [
            outcome(boto_of_a_role()),
            outcome(cli("s3://my-bucket/a", "--expires-in", str(7 * DAY), AWS_SESSION_TOKEN="token", AWS_CREDENTIAL_EXPIRATION=hour))],
        "key `/a`, path style": [
            path(boto("/a", endpoint=http), "/my-bucket//a", "kept"), path(cli("s3://my-bucket//a", "--endpoint-url", http), "/my-bucket//a", "kept")],
        "key `a/../b`": [path(boto("a/../b"), "/a/../b", "signed"), path(cli("s3://my-bucket/a/../b"), "/a/../b", "signed")],
        "response overrides": [
            "yes" if "response-content-type" in boto(ResponseContentType="text/plain") else "no",
            "no" if version(cli("s3://my-bucket/a", "--response-content-type", "text/plain")) == "rejected" else "yes"],
        "forms with a size limit": [
            "yes" if hasattr(boto3.client("s3", region_name="eu-west-1"), "generate_presigned_post") else "no",
            "yes" if any("post" in command for command in commands) else "no"],
        "result has the headers to send": ["no" if isinstance(boto(operation="put_object", ContentType="image/png"), str) else "yes", "no"],
        "verifies, re-signs, explains URLs": [
            "no" if [name for name in dir(boto3.client("s3", region_name="eu-west-1")) if "presigned" in name] == ["generate_presigned_post", "generate_presigned_url"] else "yes",
            "no"],
        "under th-TH": ["–", "–"],
        "assemblies in addition to ASP.NET Core's": ["–", "–"],
    }


def frozen_migration():
    auth.get_current_datetime = signers.get_current_datetime = lambda remove_tzinfo=True: NOW
    s3 = migration.client()
    form = migration.post(s3)
    return {"get": migration.get(s3), "put": migration.put(s3), "post": {"url": form["url"], "fields": form["fields"]}}


def main():
    content = {
        "versions": {"boto3": boto3.__version__, "cli": subprocess.run(["aws", "--version"], capture_output=True, text=True, check=True).stdout.split()[0].split("/")[1]},
        "table": table(),
        "migration": frozen_migration(),
    }
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    if "--check" in sys.argv:
        sys.exit(FILE.read_text(encoding="utf-8") != text)
    FILE.write_text(text, encoding="utf-8")


main()
