#!/usr/bin/env python3
"""Writes ../Data/operations.jsonl: the typed operations, each with the query and the headers from S3's API reference, as botocore presigns them.
The URLs that botocore creates from its own parameters must equal the second computation of generate.py. With --check, it writes nothing, and exits with 1 on a difference."""
import base64
import hashlib
import json
import sys
from datetime import datetime, timezone
from urllib.parse import quote

import generate
from generate import DEFAULTS, MODEL, TOKENS, answered, config, difference, encode, xform_name

OUTPUT = generate.OUTPUT.with_name("operations.jsonl")
HTTP_DATE, ISO_DATE = "Tue, 03 Feb 2026 04:05:06 GMT", "2026-02-03T04:05:06Z"
KEY = bytes(range(32))
OTHER_KEY = bytes(range(90, 122))
UPLOAD = "2~iCw_lDY8VoBhoRrIJbPMrUqnE3Z-3Qh+/="
VERSION = "3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY"
CASES, CLIENTS = [], {}

def b64(data):
    return base64.b64encode(data).decode()

def sse_c(key, prefix="x-amz-"):
    start = prefix + "server-side-encryption-customer-"
    return [[start + "algorithm", "AES256"], [start + "key", b64(key)], [start + "key-md5", b64(hashlib.md5(key).digest())]]

# --- Names and parts: (typed properties, query, headers) ---
def header(property, name, value, typed=None):
    return {property: value if typed is None else typed}, [], [[name, value]]

def query(property, name, value, typed=None):
    return {property: value if typed is None else typed}, [[name, value]], []

def checksum(algorithm, size):
    value = b64(bytes(range(200, 200 + size)))
    return {"checksum": {"algorithm": algorithm, "value": value}}, [], [["x-amz-checksum-" + algorithm.lower(), value]]

CHECKSUMS = {"checksum-" + name.lower(): checksum(name, size) for name, size in
             dict(Crc32=4, Crc32C=4, Crc64Nvme=8, Sha1=20, Sha256=32).items()}
OWN_SSE_C = {"sse-c": ({"sseCustomerKey": b64(KEY)}, [], sse_c(KEY))}
VERSIONS = {"version": query("versionId", "versionId", VERSION), "version-null": query("versionId", "versionId", "null")}
CONDITIONS = {"if-match": header("ifMatch", "if-match", '"9b2cf535f27731c974343645a3985328"'),
              "if-none-match": header("ifNoneMatch", "if-none-match", "*")}
MD5 = {"md5": header("contentMD5", "content-md5", b64(hashlib.md5(b"Welcome").digest()))}
LENGTHS = {f"length-{size}": header("contentLength", "content-length", str(size), size) for size in (0, 1, 5 << 20, 5 << 40)}
CHECKSUM_ALGORITHMS = {"algorithm-" + name.lower(): header("checksumAlgorithm", "x-amz-checksum-algorithm", name.upper(), name)
                       for name in ("Crc32", "Crc32C", "Crc64Nvme", "Sha1", "Sha256")}
READ = {
    **VERSIONS, **CONDITIONS, **OWN_SSE_C,
    "part": query("partNumber", "partNumber", "7", 7), "part-10000": query("partNumber", "partNumber", "10000", 10000),
    "range": header("range", "range", "bytes=0-1023", {"from": 0, "to": 1023}),
    "range-one": header("range", "range", "bytes=5368709120-5368709120", {"from": 5 << 30, "to": 5 << 30}),
    "range-open": header("range", "range", "bytes=9-", {"from": 9}), "range-last": header("range", "range", "bytes=-500", {"to": 500}),
    "modified": header("ifModifiedSince", "if-modified-since", HTTP_DATE, ISO_DATE),
    "unmodified": header("ifUnmodifiedSince", "if-unmodified-since", HTTP_DATE, ISO_DATE),
    "checksum-mode": header("includeChecksum", "x-amz-checksum-mode", "ENABLED", True)}
METADATA = {"owner": "somebody", "Mixed-Case": "a  b", "n_1.x": "", "city": "%C3%9Clm"}
TAGS = {"project": "a&b=c", "Größe": "1 + 1", "empty": "", "~/x": "q:@"}
CONTEXT = {"b": "2 3", "a": "1"}
GRANTS = {"fullControl": "full-control", "read": "read", "readAcp": "read-acp", "writeAcp": "write-acp"}
GRANTEES = 'id="79a59df900b949e55d96a1e698fbaced", uri="http://acs.amazonaws.com/groups/global/AllUsers"'

def encryption(algorithm, key_id=None, context=None, bucket_key=None):
    typed, headers = {"algorithm": algorithm}, [["x-amz-server-side-encryption", algorithm]]
    if key_id:
        typed["keyId"] = key_id
        headers.append(["x-amz-server-side-encryption-aws-kms-key-id", key_id])
    if context:
        typed["encryptionContext"] = context
        text = json.dumps(context, sort_keys=True, separators=(",", ":"))
        headers.append(["x-amz-server-side-encryption-context", b64(text.encode())])
    if bucket_key is not None:
        typed["bucketKeyEnabled"] = bucket_key
        headers.append(["x-amz-server-side-encryption-bucket-key-enabled", str(bucket_key).lower()])
    return {"serverSideEncryption": typed}, [], headers

def metadata():
    return {"metadata": METADATA}, [], [["x-amz-meta-" + name, value] for name, value in METADATA.items()]

def tagging():
    return {"tagging": TAGS}, [], [["x-amz-tagging", "&".join(f"{encode(name)}={encode(TAGS[name])}" for name in sorted(TAGS))]]

def lock(*headers, **typed):
    return {"objectLock": typed}, [], [["x-amz-object-lock-" + name, value] for name, value in headers]

DESCRIPTION = {  # the properties that a copy gets from its source by default
    "type": header("contentType", "content-type", "text/plain; charset=utf-8"),
    "cache-control": header("cacheControl", "cache-control", "public, max-age=31536000"),
    "disposition": header("contentDisposition", "content-disposition", "attachment; filename=\"a; b.txt\"; filename*=UTF-8''%C3%A4.txt"),
    "encoding": header("contentEncoding", "content-encoding", "gzip"), "language": header("contentLanguage", "content-language", "de, en"),
    "expires": header("expires", "expires", HTTP_DATE, ISO_DATE), "metadata": metadata()}
WRITE = {
    **OWN_SSE_C, "acl": header("acl", "x-amz-acl", "public-read"),
    "grants": ({"grants": dict.fromkeys(GRANTS, GRANTEES)}, [], [["x-amz-grant-" + name, GRANTEES] for name in GRANTS.values()]),
    "storage-class": header("storageClass", "x-amz-storage-class", "STANDARD_IA"),
    "website": header("websiteRedirectLocation", "x-amz-website-redirect-location", "/other/page"),
    "sse-s3": encryption("AES256"), "sse-kms": encryption("aws:kms"), "sse-kms-key": encryption("aws:kms", "arn:aws:kms:r1:111122223333:key/k"),
    "sse-kms-all": encryption("aws:kms", "k-1", CONTEXT, True), "sse-kms-no-bucket-key": encryption("aws:kms", bucket_key=False),
    "sse-dsse": encryption("aws:kms:dsse", "k-1", CONTEXT),
    "lock-governance": lock(("mode", "GOVERNANCE"), ("retain-until-date", ISO_DATE), mode="Governance", retainUntil=ISO_DATE),
    "lock-compliance": lock(("mode", "COMPLIANCE"), ("retain-until-date", ISO_DATE), ("legal-hold", "OFF"),
                            mode="Compliance", retainUntil=ISO_DATE, legalHold=False),
    "lock-hold": lock(("legal-hold", "ON"), legalHold=True)}

def source(key="reports/a b+c.txt", version=None, extra=None, headers=()):
    text = "src-bucket/" + quote(key, safe="/-_.~") + (f"?versionId={encode(version)}" if version else "")
    typed = {"bucket": "src-bucket", "key": key, **({"versionId": version} if version else {}), **(extra or {})}
    return {"source": typed}, [], [["x-amz-copy-source", text], *headers]

SOURCES = {
    "source-odd": source("ünï/100%/日本 🙂?&=#'\"~*!().txt"), "source-slashes": source("/a//b/"), "source-dots": source("../a/./b"),
    "source-version": source(version="3L4kqtJlcpXroDTDmJ-rmSpXd3dIbrHY"),
    "source-sse-c": source(extra={"sseCustomerKey": b64(OTHER_KEY)}, headers=sse_c(OTHER_KEY, "x-amz-copy-source-")),
    "source-if-match": source(extra={"ifMatch": '"e"'}, headers=[["x-amz-copy-source-if-match", '"e"']]),
    "source-if-none-match": source(extra={"ifNoneMatch": '"e"'}, headers=[["x-amz-copy-source-if-none-match", '"e"']]),
    "source-modified": source(extra={"ifModifiedSince": ISO_DATE}, headers=[["x-amz-copy-source-if-modified-since", HTTP_DATE]]),
    "source-unmodified": source(extra={"ifUnmodifiedSince": ISO_DATE}, headers=[["x-amz-copy-source-if-unmodified-since", HTTP_DATE]]),
    "source-owner": source(extra={"expectedBucketOwner": "111122223333"}, headers=[["x-amz-source-expected-bucket-owner", "111122223333"]])}

def joined(*parts):
    properties, queries, headers = {}, [], []
    for more, query_part, header_part in parts:
        properties.update(more)
        queries += query_part
        headers += header_part
    return properties, queries, headers

DIRECTIVE = header("metadataDirective", "x-amz-metadata-directive", "REPLACE", "Replace")
TAG_DIRECTIVE = header("taggingDirective", "x-amz-tagging-directive", "REPLACE", "Replace")
OWN = {name: [[name, ""]] for name in ("uploads", "tagging", "attributes")}
IN_UPLOAD = query("uploadId", "uploadId", UPLOAD)
IN_PART = joined(IN_UPLOAD, query("partNumber", "partNumber", "3", 3))
ENCODED = query("urlEncodeKeys", "encoding-type", "url", True)
MARKERS = {"prefix": query("prefix", "prefix", "a b/ü+"), "delimiter": query("delimiter", "delimiter", "/"), "encoded": ENCODED}
LISTED = [{"key-marker": query("keyMarker", "key-marker", "k+1/ü"), "max": query("maxUploads", "max-uploads", "1000", 1000)},
          {"token": query("continuationToken", "continuation-token", "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM="),
           "after": query("startAfter", "start-after", "z/ü"), "max": query("maxKeys", "max-keys", "0", 0), "owners": query("fetchOwner", "fetch-owner", "true", True)}]
PARTS = {"max-parts": ("maxParts", "max-parts", "25", 25), "marker": ("partNumberMarker", "part-number-marker", "0", 0)}
COMPLETE = {"size": header("objectSize", "x-amz-mp-object-size", str(5 << 40), 5 << 40),
            "full": header("checksumType", "x-amz-checksum-type", "FULL_OBJECT", "FullObject"),
            "composite": header("checksumType", "x-amz-checksum-type", "COMPOSITE", "Composite")}

# The parts of every case of the operation, and the parts that one case each adds.
OPERATIONS = {
    "GetObject": ([], READ), "HeadObject": ([], READ),
    "PutObject": ([], {**DESCRIPTION, **WRITE, "tagging": tagging(), **LENGTHS, **MD5, **CHECKSUMS, **CONDITIONS}),
    "DeleteObject": ([], {**VERSIONS, "if-match": CONDITIONS["if-match"],
                          "bypass": header("bypassGovernanceRetention", "x-amz-bypass-governance-retention", "true", True)}),
    "CopyObject": ([source()], {**WRITE, **SOURCES, **CONDITIONS, **CHECKSUM_ALGORITHMS, "replace": DIRECTIVE, "replace-tags": TAG_DIRECTIVE,
                                "copy-all": joined(header("metadataDirective", "x-amz-metadata-directive", "COPY", "Copy"),
                                                   header("taggingDirective", "x-amz-tagging-directive", "COPY", "Copy")),
                                "tagging": joined(TAG_DIRECTIVE, tagging()), **{name: joined(DIRECTIVE, part) for name, part in DESCRIPTION.items()}}),
    "CreateMultipartUpload": ([({}, OWN["uploads"], [])], {
        **DESCRIPTION, **WRITE, "tagging": tagging(), **CHECKSUM_ALGORITHMS,
        "checksum-type": joined(CHECKSUM_ALGORITHMS["algorithm-crc32"], COMPLETE["full"])}),
    "UploadPart": ([IN_PART], {**LENGTHS, **MD5, **CHECKSUMS, **OWN_SSE_C}),
    "UploadPartCopy": ([IN_PART, source()], {
        **SOURCES, **OWN_SSE_C, "range": header("sourceRange", "x-amz-copy-source-range", "bytes=0-5242879", {"from": 0, "to": 5242879})}),
    "CompleteMultipartUpload": ([IN_UPLOAD], {**CHECKSUMS, **CONDITIONS, **OWN_SSE_C, **COMPLETE}),
    "AbortMultipartUpload": ([IN_UPLOAD], {}),
    "ListParts": ([IN_UPLOAD], {**OWN_SSE_C, **{name: query(*part) for name, part in PARTS.items()}}),
    "ListMultipartUploads": ([({}, OWN["uploads"], [])], {
        **MARKERS, **LISTED[0], "id-marker": joined(LISTED[0]["key-marker"], query("uploadIdMarker", "upload-id-marker", UPLOAD)),
        "all": joined(*MARKERS.values(), *LISTED[0].values())}),
    "ListObjectsV2": ([({}, [["list-type", "2"]], [])], {**MARKERS, **LISTED[1], "all": joined(*MARKERS.values(), *LISTED[1].values())}),
    "HeadBucket": ([], {}),
    "GetObjectTagging": ([({}, OWN["tagging"], [])], VERSIONS), "DeleteObjectTagging": ([({}, OWN["tagging"], [])], VERSIONS),
    "PutObjectTagging": ([({}, OWN["tagging"], [])], {**VERSIONS, **MD5, **CHECKSUMS}),
    "GetObjectAttributes": ([({}, OWN["attributes"], []), header("attributes", "x-amz-object-attributes", "ETag,ObjectSize", "ETag, ObjectSize")], {
        **VERSIONS, **OWN_SSE_C, **{name: header(part[0], "x-amz-" + part[1], *part[2:]) for name, part in PARTS.items()},
        "everything": header("attributes", "x-amz-object-attributes", "ETag,Checksum,ObjectParts,StorageClass,ObjectSize", "ETag, Checksum, ObjectParts, StorageClass, ObjectSize")})}
PAYER = header("requesterPays", "x-amz-request-payer", "requester", True)
PAYER_OF_LINK = query("requesterPays", "x-amz-request-payer", "requester", True)  # S3's user guide: "For signed URLs, include x-amz-request-payer=requester in the request"
OWNER = header("expectedBucketOwner", "x-amz-expected-bucket-owner", "111122223333")
EVERY = {"path-style": {"style": "path"}, "session": {"sessionToken": TOKENS[1]}, "odd-key": {"key": "/a b//ü+%2F~🙂.txt"},
         "local": {"endpoint": "http://localhost:9000", "style": "path", "region": "us-east-1"}}

def members_of(operation):
    members = MODEL.operation_model(operation).input_shape.members
    return {shape.serialization.get("name", name).lower(): (name, shape.type_name) for name, shape in members.items() if "location" in shape.serialization}

def driver(operation, queries, headers):
    """Returns "client", unless a client does not support the parameter, requires the XML body, or adds encoding-type to a list by default."""
    model = MODEL.operation_model(operation)
    known = {*members_of(operation), *(pair.split("=")[0] for pair in model.http["requestUri"].partition("?")[2].split("&"))}
    names = {name.lower() for name, _ in queries + headers if not name.startswith("x-amz-meta-")}
    unasked = operation.startswith("List") and operation != "ListParts" and "encoding-type" not in names
    hoisted = any(name == "x-amz-request-payer" for name, _ in queries)  # a client has it as a header only
    return "auth" if operation == "PutObjectTagging" or unasked or hoisted or not names <= known else "client"

SSE_C_AS_IT_STANDS = {"ListParts", "GetObjectAttributes"}  # botocore does not convert SSE-C keys here: it signs the key as given

def by_client(case):
    members, parameters = members_of(case["operation"]), {}
    for field in ("Bucket", "Key"):
        if case[field.lower()] is not None:
            parameters[field] = case[field.lower()]
    for name, value in case["query"] + case["headers"]:
        if name.startswith("x-amz-meta-"):
            parameters.setdefault("Metadata", {})[name.removeprefix("x-amz-meta-")] = value
        elif name == "x-amz-copy-source":
            source = case["properties"]["source"]
            parameters["CopySource"] = {typed: source[own] for typed, own in dict(Bucket="bucket", Key="key", VersionId="versionId").items() if own in source}
        elif name.endswith("customer-key") and case["operation"] not in SSE_C_AS_IT_STANDS:  # botocore encodes it and adds its MD5
            parameters[members[name][0]] = base64.b64decode(value).decode()
        elif name.lower() in members and (not name.endswith("customer-key-md5") or case["operation"] in SSE_C_AS_IT_STANDS):
            member, type_name = members[name.lower()]
            parameters[member] = CONVERT.get(type_name, str)(value)
    setup = (case["region"], case["endpoint"], case["sessionToken"], case["style"])
    if setup not in CLIENTS:
        CLIENTS[setup] = generate.SESSION.create_client(
            "s3", config=config.Config(signature_version="s3v4", s3={"addressing_style": case["style"]}), region_name=case["region"],
            endpoint_url=case["endpoint"], aws_access_key_id=case["accessKeyId"], aws_secret_access_key=case["secretAccessKey"],
            aws_session_token=case["sessionToken"])
    return CLIENTS[setup].generate_presigned_url(xform_name(case["operation"]), Params=parameters, ExpiresIn=case["expiresIn"])

def date(text):
    return datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT" if text.endswith("GMT") else "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)

CONVERT = {"integer": int, "long": int, "list": lambda text: text.split(","), "boolean": lambda text: text == "true", "timestamp": date}

def add(id, operation, parts, **fields):
    properties, queries, headers = joined(*parts)
    latest = {name.lower(): [name, value] for name, value in headers}  # a case's own source or attributes replace those of the operation
    headers = list(latest.values())
    key = None if operation in ("HeadBucket", "ListObjectsV2", "ListMultipartUploads") else fields.pop("key", "reports/2026 (final).txt")
    fields.pop("key", None)
    CASES.append({
        "id": f"{operation}/{id}", "operation": operation, "properties": properties, **DEFAULTS, "method": MODEL.operation_model(operation).http["method"],
        "driver": driver(operation, queries, headers), "key": key, "query": queries, "headers": headers, **fields})

def main():
    assert generate.__version__.startswith("1.43."), f"botocore 1.43 is required, but {generate.__version__} is installed"
    generate.by_client = by_client
    for operation, (always, variants) in OPERATIONS.items():
        add("plain", operation, always)
        for name, fields in EVERY.items():
            add(name, operation, always, **fields)
        payer = PAYER_OF_LINK if MODEL.operation_model(operation).http["method"] in ("GET", "HEAD") else PAYER
        add("payer", operation, [*always, payer])
        add("owner", operation, [*always, OWNER])
        add("payer-and-owner", operation, [*always, payer, OWNER], style="path")
        for name, part in variants.items():
            add(name, operation, [*always, part])
    assert len({case["id"] for case in CASES}) == len(CASES), "two cases have the same id"
    wrong = [f"{case['id']}: {fields}" for case in CASES if (fields := difference(case))]
    if wrong:
        sys.exit("\n".join(wrong))
    content = "".join(json.dumps({**case, "expected": answered(case)}, separators=(",", ":")) + "\n" for case in CASES).encode("ascii")
    if sys.argv[1:] != ["--check"]:
        OUTPUT.write_bytes(content)
    elif not OUTPUT.exists() or OUTPUT.read_bytes() != content:
        sys.exit(f"{OUTPUT.name} is out of date. Run operations.py without --check.")
    print(f"{len(CASES)} cases ({sum(case['driver'] == 'client' for case in CASES)} by a client), {len(content)} bytes")

if __name__ == "__main__":
    main()
