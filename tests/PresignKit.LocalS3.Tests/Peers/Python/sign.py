"""Presigns requests and forms with boto3. Reads a job as JSON from the standard input, and writes {"urls": [...], "forms": [...]} to the standard output."""
import json
import sys

import boto3
import botocore.config
from botocore import xform_name

job = json.load(sys.stdin)
clients = {}


def client_for(request):
    """A client with SigV4 unless the request names another version. boto3 itself would choose SigV2."""
    version, is_virtual_hosted = request.get("signatureVersion") or "s3v4", request.get("isVirtualHosted", False)
    if (version, is_virtual_hosted) not in clients:
        clients[version, is_virtual_hosted] = boto3.client(
            "s3",
            region_name=job["region"],
            endpoint_url=job["localhost"] if is_virtual_hosted else job["endpoint"],
            aws_access_key_id=job["accessKeyId"],
            aws_secret_access_key=job["secretAccessKey"],
            config=botocore.config.Config(
                signature_version=None if version == "default" else version,
                s3={"addressing_style": "virtual" if is_virtual_hosted else "path"},
            ),
        )
    return clients[version, is_virtual_hosted]


urls = [
    client_for(request).generate_presigned_url(xform_name(request["operation"]), Params=request["parameters"], ExpiresIn=request["expiresIn"])
    for request in job["requests"]
]
forms = [
    client_for(form).generate_presigned_post(form["bucket"], form["key"], Fields=form["fields"], Conditions=form["conditions"], ExpiresIn=form["expiresIn"])
    for form in job["forms"]
]
json.dump({"urls": urls, "forms": forms}, sys.stdout)
