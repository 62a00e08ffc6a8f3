#!/usr/bin/env python3
"""Writes ../Data/posts.jsonl: POST forms, each with the properties of a PostPolicy, and the result of botocore's generate_presigned_post for the same fields and conditions.
botocore's signature must equal one computed here from the specification alone. With --check, it writes nothing, and exits with 1 on a difference."""
import base64
import hmac
import json
import sys
from datetime import datetime
from xml.sax.saxutils import escape

import generate
from botocore import signers
from generate import CREDENTIALS, DEFAULTS, ENDPOINTS, EXPIRES, STYLES, TIMES, config, encode, pick, shuffled
from operations import CHECKSUMS, KEY, METADATA, TAGS, WRITE, joined, sse_c

OUTPUT = generate.OUTPUT.with_name("posts.jsonl")
FILE_NAME = "${filename}"
CASES, CLIENTS = [], {}
DEFAULTS = {name: DEFAULTS[name] for name in "endpoint region style accessKeyId secretAccessKey sessionToken bucket signedAt expiresIn".split()}
# Without the stores that do not support forms, for which the presigner throws.
ENDPOINTS = [place for place in ENDPOINTS if "r2.cloudflarestorage" not in place[0] and "backblazeb2" not in place[0]]

# --- Parts: (typed properties, fields, conditions) ---
def field(property, name, value, typed=None):
    return {property: value if typed is None else typed}, [[name, value]], []

def of_operations(part):
    properties, _, headers = part
    return properties, headers, []

def tagging(tags):
    text = "".join(f"<Tag><Key>{escape(name)}</Key>{'<Value>' + escape(tags[name]) + '</Value>' if tags[name] else '<Value />'}</Tag>" for name in sorted(tags))
    xml = f'<?xml version="1.0" encoding="utf-8"?><Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>{text}</TagSet></Tagging>'
    return {"tagging": tags}, [["tagging", xml]], []

def size(low, high):
    return {"contentLength": [low, high]}, [], [["content-length-range", low, high]]

def extra(*pairs):
    return {"fields": [list(pair) for pair in pairs]}, [list(pair) for pair in pairs], []

def condition(name, value, prefix):
    return {"conditions": [[name, value, prefix]]}, [], [["starts-with", "$" + name, value] if prefix else ["eq", "$" + name, value]]

PARTS = {
    "type": field("contentType", "Content-Type", "image/png"), "type-parameter": field("contentType", "Content-Type", 'text/plain; charset="utf-8"'),
    "cache-control": field("cacheControl", "Cache-Control", "public,  max-age=31536000"), "encoding": field("contentEncoding", "Content-Encoding", "gzip"),
    "disposition": field("contentDisposition", "Content-Disposition", "attachment; filename=\"a; b.txt\"; filename*=UTF-8''%C3%A4.txt"),
    "acl": field("acl", "acl", "public-read"), "storage-class": field("storageClass", "x-amz-storage-class", "STANDARD_IA"),
    "metadata": ({"metadata": METADATA}, [["x-amz-meta-" + name, value] for name, value in METADATA.items()], []),
    "tagging": tagging(TAGS), "tagging-marks": tagging({"a<b>": "\"'&amp;", "漢😀": "ü"}),
    "status-200": field("successStatus", "success_action_status", "200", 200), "status-201": field("successStatus", "success_action_status", "201", 201),
    "redirect": field("successRedirect", "success_action_redirect", "https://app.test/done?a=b&c=%20#d"),
    "sse-c": ({"sseCustomerKey": base64.b64encode(KEY).decode()}, sse_c(KEY), []),
    **{name: of_operations(part) for name, part in {**CHECKSUMS, **WRITE}.items() if name.startswith(("checksum-", "sse-")) and name != "sse-c"},
    "type-prefix": ({"contentTypePrefix": "image/"}, [], [["starts-with", "$Content-Type", "image/"]]),
    "type-any": ({"contentTypePrefix": ""}, [], [["starts-with", "$Content-Type", ""]]),
    **{f"size-{low}-{high}": size(low, high) for low, high in [(0, 0), (1, 1), (1, 5 << 20), (0, 5 << 30), (5 << 30, 5 << 40), (0, (1 << 63) - 1)]},
    "fields": extra(("x-amz-website-redirect-location", "/a"), ("Content-MD5", "XrY7u+Ae7tCTyyK9j1rNww=="), ("free", "any \"text\" \\ 漢😀 </script>")),
    "field-empty": extra(("x-amz-meta-empty", "")), "fields-many": extra(*([f"x-amz-meta-{index}", f"v{index}"] for index in range(40))),
    "dollar": extra(("x-amz-meta-price", "$5")),
    "condition-prefix": condition("x-amz-meta-title", "My ", True), "condition-any": condition("x-amz-meta-title", "", True),
    "condition-equal": condition("consent", "yes 😀 \"\\", False), "condition-acl": condition("acl", "public-", True)}

KEYS = ["k", "a b/ü+%2F'&<漢😀>\"\\.txt", "//a//", "$a", "a$b{filename}", "{\"a\": [1]}", "x\u2028\ufeff\u00a0.x", "é" * 512, "</script>", "\U0010ffff\ue000\ufffd"]
PREFIXES = ["up/", "/", "user 42/ü+😀/", "a//", "x/" * 512, "{\"\\'/"]

def key(kind, text, use_file_name=False):
    """Returns the kind and the text of a key. If it is not a whole key, use_file_name specifies whether the form keeps the key that botocore always adds."""
    return {"kind": kind, "text": text, "useFileName": use_file_name}

def keys():
    named = {f"key/{encode(text)[:40]}": key("key", text) for text in KEYS}
    for text in PREFIXES:
        named[f"folder/{encode(text)[:40]}"] = key("folder", text)
        named[f"folder-file/{encode(text)[:40]}"] = key("folder", text, len(text) < 1000)
    named.update({f"start/{encode(text)}": key("start", text) for text in ["photo-", "a/b", "ü", "up/."]})
    named["start-file"], named["any"], named["any-file"] = key("start", "photo-", True), key("any", ""), key("any", "", True)
    return named

# --- The results ---
def add(id, key, *parts, **fields):
    properties, sent, conditions = joined(*parts)
    if "amazonaws" in fields.get("endpoint", ""):
        key = {**key, "text": key["text"].replace("$", "-")}  # AWS does not accept '$' in a form, and neither does the presigner
    CASES.append({"id": id, **DEFAULTS, "key": key, "properties": properties, "_fields": sent, "_conditions": conditions, **fields})

def client(case):
    setup = (case["region"], case["endpoint"], case["accessKeyId"], case["secretAccessKey"], case["sessionToken"], case["style"])
    if setup not in CLIENTS:
        CLIENTS[setup] = generate.SESSION.create_client(
            "s3", config=config.Config(signature_version="s3v4", s3={"addressing_style": case["style"]}), region_name=case["region"],
            endpoint_url=case["endpoint"], aws_access_key_id=case["accessKeyId"], aws_secret_access_key=case["secretAccessKey"],
            aws_session_token=case["sessionToken"])
    return CLIENTS[setup]

def answered(case):
    now = datetime.strptime(case["signedAt"], "%Y-%m-%dT%H:%M:%SZ")
    generate.auth.get_current_datetime = signers.get_current_datetime = lambda remove_tzinfo=True: now
    generate.ANSWER.clear()
    exact = case["key"]["kind"] == "key"
    post = client(case).generate_presigned_post(
        case["bucket"], case["key"]["text"] + ("" if exact else FILE_NAME), Fields=dict(case["_fields"]),
        Conditions=[{name: value} for name, value in case["_fields"]] + case["_conditions"], ExpiresIn=case["expiresIn"])
    if not exact and not case["key"]["useFileName"]:
        del post["fields"]["key"]
    assert post["fields"]["x-amz-signature"] == specified(case, post["fields"]["policy"]), case["id"]
    return {"url": post["url"], "fields": list(map(list, post["fields"].items()))}

def specified(case, policy):
    key = ("AWS4" + case["secretAccessKey"]).encode()
    for part in [case["signedAt"][:10].replace("-", ""), case["region"], "s3", "aws4_request", policy]:
        key = hmac.digest(key, part.encode(), "sha256")
    return key.hex()

def main():
    assert generate.__version__.startswith("1.43."), f"botocore 1.43 is required, but {generate.__version__} is installed"
    for name, text in keys().items():
        add(f"keys/{name}", text, PARTS["size-1-1"])
    for name, part in PARTS.items():
        for style in STYLES:
            add(f"parts/{name}/{style}", key("key", "k"), part, style=style)
    for endpoint, region, styles in ENDPOINTS:
        for style in [style for style in STYLES if style[0] in styles]:
            add(f"endpoints/{endpoint}/{region}/{style}", key("folder", "up/"), endpoint=endpoint, region=region, style=style)
    for bucket in ["my.dotted.bucket", "ab1", "0-9", "x" * 63]:
        for style in STYLES if "." not in bucket else ["path"]:
            add(f"buckets/{bucket}/{style}", key("key", "k"), bucket=bucket, style=style)
    for index, time in enumerate(TIMES):
        add(f"times/{time}", key("key", "k"), signedAt=time, expiresIn=EXPIRES[index % len(EXPIRES)])
    for access_key, secret, token in CREDENTIALS:
        add(f"credentials/{encode(access_key)}-{len(secret)}-{encode(token or 'no-token')[:9]}", key("any", "", True), accessKeyId=access_key,
            secretAccessKey=secret, sessionToken=token)
    groups = [["type", "type-prefix"], ["status-201", "redirect"], ["metadata"], ["tagging"], ["sse-kms-all", "sse-c"], ["checksum-sha256"],
              ["size-1-5242880"], ["condition-prefix"], ["cache-control"], ["acl"], ["fields"]]
    for index in range(60):
        endpoint, region, styles = pick(ENDPOINTS)
        access_key, secret, token = pick(CREDENTIALS[:-1])
        names = [pick(group) for group in shuffled(groups)[:1 + int(generate.RANDOM.random() * 6)]]
        add(f"mixtures/{index:02}", pick(list(keys().values())), *(PARTS[name] for name in names), endpoint=endpoint, region=region,
            style={"v": "virtual", "p": "path"}[pick(styles)], accessKeyId=access_key, secretAccessKey=secret, sessionToken=token,
            signedAt=pick(TIMES), expiresIn=pick(EXPIRES))
    assert len({case["id"] for case in CASES}) == len(CASES), "two cases have the same id"
    written = [{**{name: value for name, value in case.items() if name[0] != "_"}, "expected": answered(case)} for case in CASES]
    content = "".join(json.dumps(case, separators=(",", ":")) + "\n" for case in written).encode("ascii")
    if sys.argv[1:] != ["--check"]:
        OUTPUT.write_bytes(content)
    elif not OUTPUT.exists() or OUTPUT.read_bytes() != content:
        sys.exit(f"{OUTPUT.name} is out of date. Run posts.py without --check.")
    print(f"{len(CASES)} cases, {len(content)} bytes")

if __name__ == "__main__":
    main()
