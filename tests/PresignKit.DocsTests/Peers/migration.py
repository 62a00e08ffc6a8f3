"""The boto3 code of docs/migration.md. peers.py runs it with a fixed clock, and writes the results to peers.json."""
import boto3
from botocore.config import Config

ACCESS_KEY = "DO00EXAMPLEKEY"
SECRET_KEY = "example/Secret+Key"


def client():
    s3 = boto3.client(
        "s3", region_name="nyc3", endpoint_url="https://nyc3.digitaloceanspaces.com",
        aws_access_key_id=ACCESS_KEY, aws_secret_access_key=SECRET_KEY,
        config=Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))
    return s3


def get(s3):
    url = s3.generate_presigned_url("get_object", ExpiresIn=600, Params={
        "Bucket": "my-space", "Key": "reports/2026.pdf", "ResponseContentType": "application/pdf"})
    return url


def put(s3):
    url = s3.generate_presigned_url("put_object", ExpiresIn=600, Params={
        "Bucket": "my-space", "Key": "photos/1.jpg", "ContentType": "image/jpeg"})
    return url


def post(s3):
    form = s3.generate_presigned_post(
        "my-space", "user-42/${filename}", ExpiresIn=600, Fields={"Content-Type": "image/png"},
        Conditions=[{"Content-Type": "image/png"}, ["content-length-range", 1, 5242880]])
    return form
