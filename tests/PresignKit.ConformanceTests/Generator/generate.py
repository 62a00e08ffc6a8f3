#!/usr/bin/env python3
"""Writes ../Data/botocore.jsonl: presigned URLs from botocore, each confirmed by a second computation from the specification.
With --check, it writes nothing, and exits with 1 if the file is out of date."""
import hashlib
import hmac
import json
import os
import random
import re
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote

# The user's own AWS settings must not affect the output, and the CRT would replace botocore's signers.
for variable in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[variable]
os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull, BOTO_DISABLE_CRT="true")

from botocore import auth, awsrequest, config, credentials, session, xform_name, __version__  # noqa: E402

OUTPUT = Path(__file__).resolve().parent.parent / "Data" / "botocore.jsonl"
SESSION = session.Session()
MODEL = SESSION.get_service_model("s3")
EMPTY_BODY = hashlib.sha256(b"").hexdigest()
STYLES, CASES = ["virtual", "path"], []
DEFAULTS = dict(
    level="operation", driver="auth", endpoint="https://nyc3.digitaloceanspaces.com", region="nyc3", style="virtual", service="s3",
    accessKeyId="DO00EXAMPLE", secretAccessKey="made/up+secret", sessionToken=None, method="GET", bucket="my-space", key="k", path=None,
    query=[], headers=[], payload="UNSIGNED-PAYLOAD", signedAt="2026-11-23T20:53:40Z", expiresIn=3600)

def make(id, operation=None, **fields):
    """Returns a case, which a real client signs if an operation is specified. Fields that start with _ are not written."""
    by = dict(driver="client", method=MODEL.operation_model(operation).http["method"], _operation=operation) if operation else {}
    return {"id": id, **DEFAULTS, **by, **fields}

def add(*arguments, **fields):
    CASES.append(make(*arguments, **fields))

# --- The expectation, from the specification ---
def encode(text, safe=""):
    return quote(text, safe=safe + "-_.~")

def place(case):
    """Scheme, authority and encoded path of the URL."""
    scheme, rest = case["endpoint"].split("://")
    authority, _, base = rest.partition("/")
    base = "/" + base.rstrip("/") if base else ""
    if case["bucket"] is None:
        return scheme, authority, base + encode(case["path"], "/")
    key = None if case["key"] is None else "/" + encode(case["key"], "/")
    if case["style"] == "virtual":
        return scheme, case["bucket"] + "." + authority, base + (key or "/")
    return scheme, authority, base + "/" + case["bucket"] + (key or "")

def specified(case):
    scheme, authority, path = place(case)
    headers = {"host": [authority.lower().removesuffix({"https": ":443", "http": ":80"}[scheme])]}
    for name, value in case["headers"]:
        headers.setdefault(name.lower(), []).append(re.sub("[ \t]+", " ", value.strip(" \t")))
    signed_headers = ";".join(sorted(headers))
    time = case["signedAt"].replace("-", "").replace(":", "")
    scope = [time[:8], case["region"], case["service"], "aws4_request"]
    query = case["query"] + [
        ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"], ["X-Amz-Credential", "/".join([case["accessKeyId"], *scope])], ["X-Amz-Date", time],
        ["X-Amz-Expires", str(case["expiresIn"])], ["X-Amz-SignedHeaders", signed_headers]]
    if case["sessionToken"]:
        query.append(["X-Amz-Security-Token", case["sessionToken"]])
    pairs = [name + "=" + value for name, value in sorted((encode(name), encode(value)) for name, value in query)]
    canonical = "\n".join([
        case["method"], path or "/", "&".join(pairs), *(f"{name}:{','.join(headers[name])}" for name in sorted(headers)), "",
        signed_headers, case["payload"]])
    to_sign = "\n".join(["AWS4-HMAC-SHA256", time, "/".join(scope), hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + case["secretAccessKey"]).encode()
    for part in [*scope, to_sign]:
        key = hmac.digest(key, part.encode(), "sha256")
    return dict(
        canonicalRequest=canonical, stringToSign=to_sign, signature=key.hex(), start=f"{scheme}://{authority}{path or '/'}",
        pairs=sorted([*pairs, "X-Amz-Signature=" + key.hex()]))

# --- The result of botocore ---
ANSWER, CLIENTS = {}, {}

def record(method, field):
    original = getattr(auth.SigV4Auth, method)
    setattr(auth.SigV4Auth, method, lambda *arguments: ANSWER.setdefault(field, original(*arguments)))

for names in [("canonical_request", "canonicalRequest"), ("string_to_sign", "stringToSign"), ("signature", "signature")]:
    record(*names)

def answered(case):
    now = datetime.strptime(case["signedAt"], "%Y-%m-%dT%H:%M:%SZ")
    auth.get_current_datetime = lambda remove_tzinfo=True: now
    ANSWER.clear()
    url = by_client(case) if case["driver"] == "client" else by_auth(case)
    return {**ANSWER, "url": url}

def by_client(case):
    # Without signature_version, clients of us-east-1 silently presign with SigV2.
    options = dict(signature_version=case.get("_signatureVersion", "s3v4"), s3={"addressing_style": case["style"]})
    setup = dict(
        region_name=case["region"], endpoint_url=case["endpoint"], aws_access_key_id=case["accessKeyId"],
        aws_secret_access_key=case["secretAccessKey"], aws_session_token=case["sessionToken"])
    if (cached := repr((options, setup))) not in CLIENTS:
        CLIENTS[cached] = SESSION.create_client("s3", config=config.Config(**options), **setup)
    shape = MODEL.operation_model(case["_operation"]).input_shape
    members = {member.serialization.get("name", "").lower(): (name, member.type_name) for name, member in shape.members.items()}
    parameters = {name: case[name.lower()] for name in ("Bucket", "Key") if case[name.lower()] is not None}
    convert = {"integer": int, "long": int, "list": lambda text: text.split(",")}
    for name, value in case["query"] + case["headers"]:
        if name.startswith("x-amz-meta-"):
            parameters.setdefault("Metadata", {})[name.removeprefix("x-amz-meta-")] = value
        elif name.lower() in members:  # a name that is not a member, such as "uploads", is part of the operation, and botocore adds it
            member, type_name = members[name.lower()]
            parameters[member] = unquote(value) if member == "CopySource" else convert.get(type_name, str)(value)
    return CLIENTS[cached].generate_presigned_url(xform_name(case["_operation"]), Params=parameters, ExpiresIn=case["expiresIn"])

def by_auth(case):
    user = credentials.Credentials(case["accessKeyId"], case["secretAccessKey"], case["sessionToken"])
    signer = auth.S3SigV4QueryAuth if case["service"].startswith("s3") else auth.SigV4QueryAuth
    parameters = {}
    for name, value in case["query"]:
        parameters.setdefault(name, []).append(value)
    request = awsrequest.AWSRequest(method=case["method"], url="{}://{}{}".format(*place(case)), params=parameters)
    if "_query" in case:
        request.url, request.params = request.url + "?" + case["_query"], {}
    for name, value in case["headers"]:
        request.headers[name] = value
    signer(user, case["service"], case["region"], expires=case["expiresIn"]).add_auth(request)
    return request.url

def difference(case):
    """The fields in which botocore and the specification disagree."""
    ours, theirs = specified(case), answered(case)
    start, _, query = theirs["url"].partition("?")
    theirs.update(start=start, pairs=sorted(query.split("&")))
    return [field for field in ours if ours[field] != theirs.get(field)]

# --- The cases ---
RANDOM = random.Random(20261123)  # only random() is used, which returns the same numbers in every version of Python

def pick(items):
    return items[int(RANDOM.random() * len(items))]

def shuffled(items):
    return [item for _, item in sorted((RANDOM.random(), item) for item in items)]

def empty(names):
    return [[name, ""] for name in names.split()]

def ascii_rows():
    return [[chr(byte) for byte in range(first, min(first + 0x10, 0x7F))] for first in range(0x20, 0x80, 0x10)]

def both(id, *arguments, **fields):
    for style in STYLES:
        add(f"{id}/{style}", *arguments, style=style, **fields)

KEYS = [
    "photo.jpg", "a/b/c/d.txt", "/", "//", "/a", "//a", "a//b", "a////b//c", "dir/", "dir//", " ", " a ", "a b  c", "a+b", "a+b c", "100%",
    "a%2Fb", "a/%2e%2e/b", "%2e%2E", "a%20b", "a%2Bb", "a%252Fb", "%zz%4", "what?", "a?b=c&d=e", "a#b", "a;b=c,d", "10:30", "C:\\temp\\x",
    "a\\..\\b", "\\", "https://h.test/p?q#f", "a?X-Amz-Signature=0", "user@host", "\"a\" 'b' `c`", "[a]{b}(c)<d>", "a|b^c", "!$&'()*+,;=:@",
    "~user/~", "AZaz09-._~", "a..b", ".hidden", "...", "a/.../b", "a/.b/..c", "a./b../c", "a\tb\nc\r\nd", "\x01\x1f\x7f", "a\x80\x85\x9fb",
    "a\u00a0b", "Größe.txt", "".join(map(chr, range(161, 256))), "Καλημέρα κόσμε", "Отчёт", "مرحبا/العالم", "שלום", "नमस्ते", "สวัสดี",
    "报告/資料/日本語/한국어", "ｱＡ１．．／", "é", "e\u0301", "a\u0300\u0301\u0302b\u20e3", "a\u200f\u202eb", "a\u200b\u200db\ufeffc", "\ufeffa", "😀",
    "\u2028\u2029", "👨‍👩‍👧‍👦.png", "🇩🇪🇫🇷", "a\ufffdb", "\ufffe\uffff\U0010ffff", "\ue000\uf8ff", "\ue000\U0001f600\uffee\U00010000", "*",
    "-", "0", "\ud7ff\ue000", "\x80\u07ff", "\u0800\uffff", "\U00010000\U0010ffff", "𝒳=∑𝓎", "İıI", "ßẞ", "{\"a\": [1, 2]}",
    "a" * 1024, "%" * 1024, "é" * 512, "€" * 341 + "a", "😀" * 256, "b/" * 512]
PIECES = [*"aZ9-_.~/+%?#&=;:@\"'\\!*()[]{}|^`<>,$\t\n\r\x01\x7füß\u00a0Ωλما漢字か한\u0308\ue000\ufffd\uffff😀\U00010000\U0010ffff",
          "//", " ", "  ", "%2F", "%2e", "%20", "..", "e\u0301", "👩‍🚀", "🇸🇪", "folder/", "file.txt", "2026"]

def random_key():
    while True:
        key = "".join(pick(PIECES) for _ in range(1 + int(RANDOM.random() * 14)))
        if not {".", ".."} & set(key.split("/")):
            return key

def keys():
    named = {f"byte-{byte:02X}": f"dir/a{chr(byte)}z.txt" for byte in range(1, 128)}
    named.update((encode(key)[:60], key) for key in KEYS)
    for name, key in named.items():
        both(f"keys/{name}", "GetObject", key=key)
    for index in range(240):
        operation = ["GetObject", "PutObject", "HeadObject", "DeleteObject"][index % 4]
        add(f"keys/random-{index:03}", operation, key=random_key(), style=pick(STYLES))

# URL, region, and v or p for each style.
ENDPOINTS = [(f"https://{r}.digitaloceanspaces.com", r, "vp") for r in "nyc3 ams3 sfo2 sfo3 sgp1 lon1 fra1 tor1 blr1 syd1 atl1".split()]
ENDPOINTS += [(f"https://s3.{region}.amazonaws.com", region, "vp") for region in "us-east-1 us-west-2 eu-west-1 us-gov-west-1".split()]
ENDPOINTS += [tuple(line.split()) for line in """
    https://nyc3.digitaloceanspaces.com us-east-1 vp|https://s3.cn-north-1.amazonaws.com.cn cn-north-1 vp|https://t3.storage.dev auto v
    https://s3.dualstack.eu-west-1.amazonaws.com eu-west-1 vp|https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com auto p
    https://0123456789abcdef.eu.r2.cloudflarestorage.com auto p|https://s3.us-west-004.backblazeb2.com us-west-004 vp
    https://s3.eu-central-1.wasabisys.com eu-central-1 vp|https://fsn1.your-objectstorage.com fsn1 vp|https://s3.fr-par.scw.cloud fr-par vp
    https://storage.googleapis.com auto p|https://gateway.storjshare.io us-1 p|http://minio:9000 us-east-1 p|http://localhost:9000 r1 p
    http://s3.example.test r1 vp|http://s3.example.test:8080 r1 vp|https://s3.example.test:443 r1 vp|http://s3.example.test:80 r1 vp
    http://s3.example.test:443 r1 vp|https://s3.example.test:80 r1 vp|https://s3.example.test:8443 r1 vp|https://s3.example.test:4430 r1 p
    http://192.0.2.7 us-east-1 p|http://127.0.0.1:9000 us-east-1 p|https://192.0.2.7:443 us-east-1 p|https://[2001:db8::1] us-east-1 p
    http://[::1]:9000 us-east-1 p|http://[::1]:80 us-east-1 p|https://[2001:db8::443]:443 r1 p|https://[2001:DB8::AB]:8443 r1 p
    https://abc.supabase.co/storage/v1/s3 local p|https://abc.supabase.co/storage/v1/s3/ local p|http://gateway.test:8000/s3 r1 p
    https://s3.example.test/ r1 vp|https://NYC3.DigitalOceanSpaces.COM nyc3 vp|http://MinIO.Example.TEST:9000 r1 vp
    https://localhost:9443 r1 p|https://swift.example.test:8080 RegionOne p""".replace("|", "\n").strip().splitlines()]

def endpoints():
    for endpoint, region, styles in ENDPOINTS:
        for style in [style for style in STYLES if style[0] in styles]:
            where = dict(endpoint=endpoint, region=region, style=style)
            add(f"endpoints/{endpoint}/{region}/{style}/get", "GetObject", key="reports//2026 ü+.pdf", **where)
            add(f"endpoints/{endpoint}/{region}/{style}/list", "ListObjectsV2", key=None, query=[["prefix", "a b/"], *LIST], **where)
    for bucket in ["my.dotted.bucket", "a.b", "www.example.com", "1.2.3", "ab1", "0-9", "a--b", "x" * 63]:
        for style in STYLES if "." not in bucket else ["path"]:
            add(f"endpoints/bucket-{bucket}/{style}/put", "PutObject", bucket=bucket, style=style)
            add(f"endpoints/bucket-{bucket}/{style}/head", "HeadBucket", bucket=bucket, key=None, style=style)

DISPOSITIONS = [
    "attachment", 'attachment; filename="report.pdf"', 'attachment; filename="a b  c"', "attachment; filename*=UTF-8''%E2%82%AC", "", " ",
    " x ", 'inline; filename="Grüße €.txt"', "inline; filename=😀.png", 'attachment; filename="a\\"b\'c"', "a=b,c&d=e?f#g;h+i/j", "100%25"]
OVERRIDES = [
    ["response-content-type", "text/plain; charset=utf-8"], ["response-cache-control", "no-cache, max-age=0"], ["versionId", "v/1+2="],
    ["partNumber", "7"], ["response-content-language", "de, *;q=0.5"], ["response-content-encoding", "gzip"]]
UPLOAD, URL = ["uploadId", "2~a+b/c=.d_e-f"], ["encoding-type", "url"]
LIST = [["list-type", "2"], URL]
OPERATIONS = {
    "GetObject": OVERRIDES, "HeadObject": OVERRIDES[::-1], "GetObjectAcl": empty("acl"), "GetObjectTagging": empty("tagging"),
    "DeleteObjectTagging": empty("tagging"), "GetObjectTorrent": empty("torrent"), "CreateMultipartUpload": empty("uploads"),
    "UploadPart": [UPLOAD, ["partNumber", "10000"]], "ListParts": [["max-parts", "5"], UPLOAD], "AbortMultipartUpload": [UPLOAD],
    "CompleteMultipartUpload": [UPLOAD], "HeadBucket": [], "DeleteBucket": [], "GetBucketAcl": empty("acl"), "GetBucketCors": empty("cors"),
    "GetBucketPolicy": empty("policy"), "ListMultipartUploads": [*empty("uploads"), ["prefix", "p/"], URL],
    "ListObjectsV2": [["start-after", "z/ü"], ["prefix", "a+b c/"], ["delimiter", "/"], ["continuation-token", "1/+="], *LIST],
    "ListObjects": [["prefix", ""], URL], "ListObjectVersions": [["prefix", "😀"], *empty("versions"), URL]}
NAMES = {
    "prefixes": "a a-b a.b a_b a~b A aa a0 ab a+b a%b a=b a/b a&b", "around-auth": "W X X- X-Am X-Amz X-Amz- X-B X-A Y 0 ~ - _ x-amz x",
    "between-auth": """X-Amz-A X-Amz-Algorithm- X-Amz-Algorithms X-Amz-Credentia X-Amz-Dat X-Amz-Date0 X-Amz-Expire X-Amz-Expires1
        X-Amz-SignedHeader X-Amz-SignedHeaders2 X-Amz-Signatur X-Amz-Z X-Amz-Meta""", "digits": "10 9 1 01 -1", "tilde": "~ z { é",
    "unicode": "é e\u0301 ü z Ω 漢 \ue000 \uffee 😀 \U00010000 a ሴ", "utf-16-tails": "k\uffee k\U00010000 k", "cases": "b B aB Ab AB ab",
    "utf-16-order": "\ue000 \U0001f600", "encoded-order": "ሴ Param Param-3 param %41", "encoded-prefixes": "a! a%21 a a% a2"}

def queries():
    for value in DISPOSITIONS:
        # The presigner rejects overrides that are empty or not ASCII.
        both(f"query/disposition-{encode(value)}", "GetObject", query=[["response-content-disposition", value]], level="operation" if value and value.isascii() else "core")
    for operation, query in OPERATIONS.items():
        key = "dir/k 1" if "Key" in MODEL.operation_model(operation).input_shape.members else None
        both(f"query/{operation}", operation, key=key, query=query)
    for version in ["a b+c", "null", "3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo", "é"]:
        both(f"query/version-{encode(version)[:9]}", "DeleteObject", query=[["versionId", version]])
    for name, names in NAMES.items():
        both(f"query/names-{name}", query=[[text, str(index)] for index, text in enumerate(shuffled(names.split()))])
        both(f"query/names-{name}-empty", query=empty(names)[::-1])
    for count in [2, 3, 16, 17, 32, 33, 64, 100]:  # 16 and 32: sizes at which sorting routines change their algorithm
        add(f"query/{count}-parameters", query=shuffled([[f"p{index}", f"v {index}"] for index in range(count)]))
    for row in ascii_rows():
        add(f"query/{ord(row[0]):02X}-in-values", query=shuffled([[f"p{ord(text):02x}", text] for text in row]))
        add(f"query/{ord(row[0]):02X}-in-names", query=shuffled([[text + "n", "v"] for text in row]))

HEADERS = {name: [line.split(":", 1) for line in lines] for name, lines in {
    "type": ["Content-Type:image/png"], "type-parameter": ["content-type:text/plain; charset=UTF-8"], "length": ["Content-Length:5242880"],
    "length-zero": ["content-length:0"], "md5": ["Content-MD5:XrY7u+Ae7tCTyyK9j1rNww=="], "acl": ["x-amz-acl:public-read"],
    "upper": ["X-AMZ-ACL:private"], "mixed-case": ["X-Amz-Meta-B:1", "x-amz-meta-a:2", "X-AMZ-META-C:3"], "meta": ["x-amz-meta-by:Ada"],
    "upload": ["x-amz-acl:private", "Content-Type:text/html", "Content-Length:11"], "digits": ["x-10:a", "x-9:b", "x-1:c"],
    "prefixes": ["x-amz-meta-a_b:4", "x-amz-meta-a.b:3", "x-amz-meta-a-b:2", "x-amz-meta-a:1", "x-amz-meta-aa:6", "x-amz-meta-a0:5"],
    "token-marks": ["x-amz-meta-a:1", "x-amz-meta-a~b:2", "x-amz-meta-a!b:3", "x-amz-meta-a+b:4", "x-amz-meta-a|b:5", "x-amz-meta-a^b:6"],
    "around-host": ["hos:1", "host-:2", "hosts:3", "hosu:4", "host2:5", "ho:6", "i:7", "g:8"], "quoted-spaces": ['x-a:"b   c"  d'],
    "outer-spaces": ["x-a:   b  "], "outer-tabs": ["x-a:\tb\t \t"], "inner-spaces": ["x-a:b   c  d"], "inner-tabs": ["x-a:b\tc\t\td \t e"],
    "empty": ["x-a:"], "only-spaces": ["x-a:   "], "commas": ["x-a:b,c, d ,,e"], "colons": ["x-a::b:c;d=e"], "percent": ["x-a:%20+%2B"],
    "encoded-word": ["x-a:=?UTF-8?B?R3LDvMOfZQ==?="], "range": ["Range:bytes=0-1023"], "sums": ["x-amz-checksum-crc32c:AAAAAA=="],
    "conditions": ["If-None-Match:*", 'If-Match:"0123"', "If-Modified-Since:Mon, 23 Nov 2026 20:53:40 GMT"],
    "encryption": ["x-amz-server-side-encryption-aws-kms-key-id:arn:aws:kms:r1:111122223333:key/k", "x-amz-server-side-encryption:aws:kms"],
    "copy": ["x-amz-copy-source:/other/a%20b", "x-amz-metadata-directive:REPLACE", "x-amz-tagging:a=b&c=d%20e"],
    "standard": ['Content-Disposition:attachment; filename="a b"', "Cache-Control:no-store,  max-age=0", "Content-Encoding:gzip"],
    "other": ["Origin:https://app.test", "Accept:*/*", "Accept-Language:de; q=0.9,  en", "X-Custom:1", "Expires:Thu, 1 Jan 2099"],
    "long": ["x-amz-meta-long:" + "ab  " * 300], "many": [f"x-amz-meta-{index * 7 % 40}:v{index}" for index in range(40)]}.items()}

def headers():
    for name, pairs in HEADERS.items():
        both(f"headers/{name}", method="PUT", headers=pairs)
        if len(pairs) > 1:
            both(f"headers/{name}-reversed", method="PUT", headers=pairs[::-1])
    for operation, names in {"PutObject": "type length acl upload meta md5 standard", "GetObject": "range", "CopyObject": "copy"}.items():
        for name in names.split():
            both(f"headers/{operation}-{name}", operation, headers=HEADERS[name])
    both("headers/CreateMultipartUpload", "CreateMultipartUpload", headers=HEADERS["encryption"], query=empty("uploads"))
    both("headers/UploadPartCopy", "UploadPartCopy", query=[UPLOAD, ["partNumber", "2"]], headers=[
        ["x-amz-copy-source", "src/a%20b%2B%C3%BC%2525"], ["x-amz-copy-source-range", "bytes=0-5"]])
    both("headers/attributes", "GetObjectAttributes", query=empty("attributes"), headers=[["x-amz-object-attributes", "ETag,ObjectSize"]])
    for row in ascii_rows():
        add(f"headers/{ord(row[0]):02X}-in-values", method="PUT", headers=[[f"x-{ord(text):02x}", f"a{text}b"] for text in row])
    add("headers/content-sha256", method="PUT", headers=[["x-amz-content-sha256", EMPTY_BODY]], payload=EMPTY_BODY)
    add("headers/content-sha256-unsigned", method="PUT", headers=[["X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD"]])

DAYS = "2000-01-01 2000-02-29 2000-12-31 2016-12-31 2024-02-29 2025-02-28 2026-01-09 2026-11-23 2026-11-24 2027-01-01 2038-01-19 2099-12-31"
TIMES = [f"{day}T{clock}Z" for day in DAYS.split() for clock in ["00:00:00", "09:08:07", "23:59:59"]]
EXPIRES = [1, 2, 59, 60, 900, 3600, 86399, 86400, 86401, 604799, 604800]
OWNERS = [("test:main", "testing"), ("a:b:c", "x"), ("A", "b"), ("my-key_1.x~", "s"), ("user@example.test", "s"), ("a+b=c", "s")]
OWNERS += [("AK", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"), ("AK", "a--b")]
OWNERS += [("AK", "s" * length) for length in (59, 60, 61, 64, 128, 300)]  # "AWS4" and 60 characters fill one block of the hash
TOKENS = [None, "FwoGZXIvYXdzEBYaDPzZ/+w9+Q==//a+b=c&d%2Fe", "t", "a/b+c==", "//////", "a-b_c.d~e", "%2B%2F", "a=b", "Aa0+/=" * 200]
CREDENTIALS = [(*owner, None) for owner in OWNERS]
CREDENTIALS += [("ASIAEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token) for token in TOKENS]

def times_and_credentials():
    for index, time in enumerate(TIMES):
        add(f"times/{time}", "GetObject", signedAt=time, expiresIn=EXPIRES[index % len(EXPIRES)], style=STYLES[index % 2])
    for access_key, secret, token in CREDENTIALS:
        who = dict(accessKeyId=access_key, secretAccessKey=secret, sessionToken=token)
        name = f"credentials/{encode(access_key)}-{len(secret)}-{encode(token or 'no-token')[:9]}"
        both(f"{name}/get", "GetObject", query=[["versionId", "1"]], **who)
        both(f"{name}/put", "PutObject", headers=[["x-amz-acl", "private"]], **who)
        add(f"{name}/around-token", query=empty("X-Amz-Security X-Amz-Security-Tokens X-Amz-Sig X-Amz-F"), **who)

def methods_and_mixtures():
    for method in "GET HEAD PUT DELETE POST PATCH OPTIONS".split():
        both(f"methods/{method}/object", method=method, key="a b/ü")
        both(f"methods/{method}/bucket", method=method, key=None)
        both(f"methods/{method}/query", method=method, query=[["uploads", ""], ["a", "b"]], headers=[["X-A", " 1  2 "]])
    names, values = "prefix marker x-id X-B é a-b a 😀 versionId q~".split(), ["", " ", "a+b", "ü/ü", "1", "\ue000", "a=b&c", "100%"]
    for index in range(150):
        endpoint, region, styles = pick(ENDPOINTS)
        access_key, secret, token = pick(CREDENTIALS[:-1])
        sent = {pair[0].lower(): pair for name in shuffled(list(HEADERS)[:-2])[:int(RANDOM.random() * 3)] for pair in HEADERS[name]}
        add(f"mixtures/{index:03}", endpoint=endpoint, region=region, style={"v": "virtual", "p": "path"}[pick(styles)], key=random_key(),
            accessKeyId=access_key, secretAccessKey=secret, sessionToken=token, method=pick(["GET", "PUT", "POST", "DELETE", "HEAD"]),
            query=[[name, pick(values)] for name in shuffled(names)[:int(RANDOM.random() * 5)]], headers=shuffled(sent.values()),
            signedAt=pick(TIMES), expiresIn=pick(EXPIRES))
        if ["versionId", ""] in CASES[-1]["query"]:  # the presigner rejects it
            CASES[-1]["level"] = "core"

CORE = dict(level="core", endpoint="https://my-space.nyc3.digitaloceanspaces.com", style="path", bucket=None, key=None, path="/k")
PATHS = ["/", "/.", "/..", "/a/../b", "/a/./b", "/my-space/../other/k", "/a/b/..", "//..//.//", "/" + "a" * 1025, "/" + "b c/" * 750, "/b/"]
SERVICES = [
    ("s3-object-lambda", "/a//b c/../d", []), ("s3-outposts", "/a//b c/../d", [["b", "1"], ["a", ""]]), ("iotdevicegateway", "/mqtt", []),
    ("sts", "/", [["Version", "2011-06-15"], ["Action", "GetCallerIdentity"]]), ("execute-api", "/prod/items", [["b", "2"], ["a", "1 1"]]),
    ("es", "/_search", empty("q")), ("service", "/-._~0189AZaz", [["Param2", "value1"], ["Param1", "value2"], ["ሴ", "bar"]])]

def low(id, *arguments, **fields):
    add("core/" + id, *arguments, **{**CORE, **fields})

def core():
    for path in PATHS:
        low(f"path/{path[:20]}", path=path)
    low("list-buckets", "ListBuckets", path="/")
    for texts in ["1 2 3", "2 1 3", "b a B A", "é z ~ %41", "x x", "ab a a-b", "10 9 1", "\ue000 😀"]:
        repeated = [["p", text] for text in texts.split()]
        low(f"duplicates/{encode(texts)}", query=repeated)
        low(f"duplicates/{encode(texts)}/between", query=[["p-1", "x"], *repeated[::-1], ["P", "y"], ["o", ""]])
    low("duplicates/interleaved", query=[["a", "2"], ["b", "1"], ["a", "1"], ["b", ""], ["a", ""]])
    low("duplicates/40", query=shuffled([[f"p{index % 5}", f"v{index}"] for index in range(40)]))
    low("controls-in-values", query=[[f"p{byte:02x}", chr(byte)] for byte in range(1, 0x20)])
    low("controls-in-names", query=[[f"{chr(byte)}n", "v"] for byte in range(1, 0x20)])
    low("headers/repeated", headers=[["x-amz-meta-a", "2"], ["x-amz-meta-a", "1"], ["x-amz-meta-a", "2"]])
    low("headers/repeated-cases", headers=[["X-A", " b  c "], ["x-b", "1"], ["x-a", ""], ["x-A", "a"]])
    low("headers/not-ascii", headers=[["x-amz-meta-a", "Grüße"], ["x-amz-meta-b", "漢字  😀"]])
    for payload in [EMPTY_BODY, hashlib.sha256(b"Welcome").hexdigest(), "STREAMING-UNSIGNED-PAYLOAD-TRAILER"]:
        low(f"payload/{payload[:9]}", method="PUT", headers=[["x-amz-content-sha256", payload]], payload=payload)
    for service, path, query in SERVICES:
        payload = DEFAULTS["payload"] if service.startswith("s3") else EMPTY_BODY
        plain = dict(endpoint=f"https://{service}.r1.example.test", region="r1", service=service, path=path, query=query, payload=payload)
        low(f"services/{service}/plain", **plain)
        low(f"services/{service}/port", **{**plain, "endpoint": f"http://{service}.example.test:8182"})
        low(f"services/{service}/repeated", **{**plain, "query": [*query, ["z", "2"], ["z", "1"]]})
        low(f"services/{service}/headers", **plain, headers=[["X-Custom", " a  b "], ["Accept", "*/*"]], method="POST")
        if service != "iotdevicegateway":  # only AWS IoT requires the token after signing, but botocore signs it
            low(f"services/{service}/token", **plain, sessionToken=TOKENS[1])

# --- Departures of botocore from the rules. No such case is written, and main() checks that each departure still exists. ---
DEPARTURES = {
    "headers dropped unsigned": [make("", headers=[[name, "x"]]) for name in auth.SIGNED_HEADERS_BLACKLIST],
    "one content type dropped": [make("", headers=[["content-type", "application/x-www-form-urlencoded; charset=utf-8"]])],
    "white space beyond space and tab collapsed": [make("", headers=[["x-a", f"a{space}b"]]) for space in "\x0b\x0c\x1c\x85\u00a0\u2003"],
    "payload line not trimmed": [make("", headers=[["x-amz-content-sha256", " UNSIGNED-PAYLOAD "]])],
    "all but the first of a URL's repeated names dropped": [make("", query=[["p", "1"], ["p", "2"]], _query="p=1&p=2")],
    "empty session token signed": [make("", sessionToken="")],
    "empty path signed as an empty line": [make("", bucket=None, path="")],
    "SigV2 unless told otherwise": [make("", "GetObject", region="us-east-1", _signatureVersion=None)],
    "path style although virtual-hosted style was requested": [make("", "GetObject", **fields) for fields in [
        dict(endpoint="http://127.0.0.1"), dict(endpoint="http://[::1]"), dict(bucket="a.b.c"), dict(bucket="Upper"), dict(bucket="ab")]],
    "path style always": [make("", "GetBucketLocation", key=None, query=empty("location"))],
    "encoding-type added to lists": [make("", "ListObjectsV2", key=None, query=[["list-type", "2"]])],
    "user name and password of the endpoint left out": [make("", endpoint="https://u:p@h.test", style="path")],
    "path normalized and encoded twice outside S3": [
        make("", bucket=None, service="sts", payload=EMPTY_BODY, path=path) for path in ["/a//b", "/a/../b", "/a b", "/ü", "/a+b"]]}

def main():
    assert __version__.startswith("1.43."), f"botocore 1.43 is required, but {__version__} is installed"
    for group in [keys, endpoints, queries, headers, times_and_credentials, methods_and_mixtures, core]:
        group()
    ids = [case["id"] for case in CASES]
    wrong = ["two cases have the same id"] if len(set(ids)) < len(ids) else []
    wrong += [f"{case['id']}: {fields}" for case in CASES if (fields := difference(case))]
    wrong += [f"botocore no longer departs from the rules: {name}" for name, probes in DEPARTURES.items() for probe in probes if not difference(probe)]
    if wrong:
        sys.exit("\n".join(wrong))
    written = [{**{name: value for name, value in case.items() if name[0] != "_"}, "expected": answered(case)} for case in CASES]
    content = "".join(json.dumps(case, separators=(",", ":")) + "\n" for case in written).encode("ascii")
    if sys.argv[1:] != ["--check"]:
        OUTPUT.parent.mkdir(exist_ok=True)
        OUTPUT.write_bytes(content)
    elif not OUTPUT.exists() or OUTPUT.read_bytes() != content:
        sys.exit(f"{OUTPUT.name} is out of date. Run generate.py without --check.")
    print(f"{len(CASES)} cases, {len(content)} bytes")

if __name__ == "__main__":
    main()
