#!/usr/bin/env python3
"""Writes ../Data/aws-endpoints.jsonl: host, path and signing region from botocore's endpoint rules for S3, for every region of AWS.
With --check, it writes nothing, and exits with 1 if the file is out of date."""
import itertools
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from botocore import __version__, session
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError

OUTPUT = Path(__file__).resolve().parent.parent / "Data" / "aws-endpoints.jsonl"
LOADER = session.Session().get_component("data_loader")
PARTITIONS = LOADER.load_data("partitions")
RULES = EndpointProvider(LOADER.load_service_model("s3", "endpoint-rule-set-1"), PARTITIONS)
ACCOUNT = "123456789012"

# The cases that botocore supports but PresignKit rejects, with the reasons. unsupported() checks that botocore still behaves as the reasons say.
UNSUPPORTED = {
    "multi-region access point": (f"arn:aws:s3::{ACCOUNT}:accesspoint/my.mrap", "signed with SigV4a", ("sigv4a", "s3")),
    "access point on Outposts": (
        f"arn:aws:s3-outposts:us-west-2:{ACCOUNT}:outpost/op-01234567890123456/accesspoint/my-point", "signed with SigV4a for s3-outposts", ("sigv4a", "s3-outposts")),
    "Object Lambda access point": (
        f"arn:aws:s3-object-lambda:us-west-2:{ACCOUNT}:accesspoint/my-point", "signed for s3-object-lambda", ("sigv4", "s3-object-lambda")),
    "directory bucket": ("my-bucket--usw2-az1--x-s3", "signed with session credentials for s3express", ("sigv4-s3express", "s3express")),
}

def resolve(region, bucket, dual_stack=False, fips=False, accelerate=False):
    return RULES.resolve_endpoint(
        Region=region, Bucket=bucket, UseDualStack=dual_stack, UseFIPS=fips, Accelerate=accelerate,
        UseArnRegion=True, UseGlobalEndpoint=False, ForcePathStyle=False, DisableMultiRegionAccessPoints=False)

def scheme(endpoint):
    one = endpoint.properties["authSchemes"][0]
    return one["name"], one["signingName"]

def make(id, region, bucket, dual_stack, fips, accelerate):
    case = dict(id=id, region=region, bucket=bucket, dualStack=dual_stack, fips=fips, accelerate=accelerate)
    try:
        endpoint = resolve(region, bucket, dual_stack, fips, accelerate)
    except EndpointProviderError as error:
        return {**case, "refused": str(error)}
    assert scheme(endpoint) == ("sigv4", "s3") and not endpoint.headers, id
    url = urlsplit(endpoint.url)
    assert url.scheme == "https" and not url.query, id
    return {**case, "host": url.netloc, "path": url.path, "signingRegion": endpoint.properties["authSchemes"][0]["signingRegion"]}

def cases():
    for partition in PARTITIONS["partitions"]:
        # The name of a partition, such as aws-global, is not a region: botocore signs such requests for a different region.
        regions = sorted(region for region in partition["regions"] if not region.endswith("-global"))
        for index, region in enumerate(regions):
            arn = "arn:{}:s3:{}:{}:accesspoint/my-point"
            buckets = {
                "virtual": "my-bucket", "dotted": "my.bucket", "capitals": "My-Bucket",
                "access-point": arn.format(partition["id"], region, ACCOUNT),
                "access-point-elsewhere": arn.format(partition["id"], regions[index - 1], ACCOUNT),
            }
            for accelerate, fips, dual_stack in itertools.product([False, True], repeat=3):
                names = [name for name, on in [("accelerate", accelerate), ("fips", fips), ("dualstack", dual_stack)] if on]
                for kind, bucket in buckets.items():
                    yield make(f"{region}/{'+'.join(names) or 'plain'}/{kind}", region, bucket, dual_stack, fips, accelerate)

def unsupported():
    for name, (bucket, reason, expected) in UNSUPPORTED.items():
        assert scheme(resolve("us-west-2", bucket)) == expected, f"{name} is no longer {reason}"
        yield dict(id=f"unsupported/{name}", region="us-west-2", bucket=bucket, dualStack=False, fips=False, accelerate=False, refused=reason)
    for partition in PARTITIONS["partitions"]:
        for region in sorted(region for region in partition["regions"] if region.endswith("-global")):
            yield dict(id=f"unsupported/{region}", region=region, bucket="my-bucket", dualStack=False, fips=False, accelerate=False, refused="is no region")

def main():
    assert __version__.startswith("1.43."), f"botocore 1.43 is required, but {__version__} is installed"
    written = [*cases(), *unsupported()]
    content = "".join(json.dumps(case, separators=(",", ":")) + "\n" for case in written).encode("ascii")
    assert len(content) < 500_000
    if sys.argv[1:] != ["--check"]:
        OUTPUT.write_bytes(content)
    elif not OUTPUT.exists() or OUTPUT.read_bytes() != content:
        sys.exit(f"{OUTPUT.name} is out of date. Run endpoints.py without --check.")
    print(f"{len(written)} cases, {sum('refused' in case for case in written)} of them rejected, {len(content)} bytes")

if __name__ == "__main__":
    main()
