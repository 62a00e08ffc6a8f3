using System.Globalization;
using System.Text;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>ListObjectsV2 and DeleteObjects.</summary>
internal static class ListOperations
{
    private const int MaxKeys = 1000;
    private const int MaxBody = 2 << 20;

    public static async Task ListAsync(S3Call call)
    {
        HeaderRules.Check(call);
        S3Query query = call.Query;
        if (query["list-type"] != "2")
        {
            throw new S3Exception(S3Errors.InvalidArgument("Invalid List Type specified in Request", "list-type", query["list-type"]!));
        }

        int maxKeys = ReadMax(query, "max-keys");
        bool isEncoded = ReadEncoding(query);
        string? prefix = NullIfEmpty(query["prefix"]), delimiter = NullIfEmpty(query["delimiter"]);
        string? token = query["continuation-token"];
        string? after = token is null ? NullIfEmpty(query["start-after"]) : ReadToken(token);
        ObjectPage page = call.Bucket.List(prefix, delimiter, after, maxKeys);
        await call.WriteXmlAsync(200, xml =>
        {
            xml.StartResult("ListBucketResult");
            xml.WriteElementString("Name", call.BucketName);
            xml.WriteElementString("Prefix", Encode(prefix ?? ""));
            xml.WriteOptional("Delimiter", delimiter is null ? null : Encode(delimiter));
            xml.WriteElementString("MaxKeys", S3Call.Text(maxKeys));
            xml.WriteOptional("EncodingType", isEncoded ? "url" : null);
            xml.WriteElementString("KeyCount", S3Call.Text(page.Objects.Count + page.CommonPrefixes.Count));
            xml.WriteElementString("IsTruncated", page.IsTruncated ? "true" : "false");
            xml.WriteOptional("ContinuationToken", token);
            xml.WriteOptional("NextContinuationToken", page.IsTruncated ? Convert.ToBase64String(Encoding.UTF8.GetBytes(page.NextStartAfter!)) : null);
            xml.WriteOptional("StartAfter", query["start-after"] is { Length: > 0 } start ? Encode(start) : null);
            foreach (StoredObject found in page.Objects)
            {
                xml.WriteStartElement("Contents");
                xml.WriteElementString("Key", Encode(found.Key));
                xml.WriteElementString("LastModified", S3Call.Iso(found.LastModified));
                xml.WriteElementString("ETag", found.ETag);
                foreach (ChecksumAlgorithm algorithm in found.ChecksumType is null ? [] : found.Checksums.Keys)
                {
                    xml.WriteElementString("ChecksumAlgorithm", RequestBody.NameOf(algorithm).ToUpperInvariant());
                    xml.WriteElementString("ChecksumType", MultipartOperations.NameOf(found.ChecksumType!.Value));
                }

                xml.WriteElementString("Size", S3Call.Text(found.Content.Length));
                if (query["fetch-owner"] == "true")
                {
                    xml.WriteOwner("Owner");
                }

                xml.WriteStorageClass(found.Headers);
                xml.WriteEndElement();
            }

            foreach (string common in page.CommonPrefixes)
            {
                xml.WriteStartElement("CommonPrefixes");
                xml.WriteElementString("Prefix", Encode(common));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        });

        string Encode(string text) => isEncoded ? XmlResult.UrlEncode(text) : text;
    }

    public static async Task DeleteObjectsAsync(S3Call call)
    {
        HeaderRules.Check(call, hasBody: true);
        RequestBody body = RequestBody.Describe(call);
        if (!body.HasIntegrityCheck)
        {
            throw new S3Exception(S3Errors.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*"));
        }

        DeleteRequest request = DeleteRequest.Read(await body.ReceiveSmallAsync(MaxBody));
        List<(string Key, LocalS3Error? Error)> results = [];
        foreach (DeleteRequest.Entry entry in request.Entries)
        {
            DeleteObjectResult result = call.Bucket.Delete(entry.Key, existing => entry.ETag is null || existing is null || ObjectOperations.MatchesAny(entry.ETag, existing.ETag));
            results.Add((entry.Key, result switch
            {
                DeleteObjectResult.PreconditionFailed => S3Errors.PreconditionFailed("If-Match"),
                DeleteObjectResult.NotFound when entry.ETag is not null => S3Errors.NoSuchKey(entry.Key),
                _ => null,
            }));
        }

        await call.WriteXmlAsync(200, xml =>
        {
            xml.StartResult("DeleteResult");
            foreach ((string key, LocalS3Error? error) in results)
            {
                if (error is null && request.IsQuiet)
                {
                    continue;
                }

                xml.WriteStartElement(error is null ? "Deleted" : "Error");
                xml.WriteElementString("Key", key);
                if (error is not null)
                {
                    xml.WriteElementString("Code", error.Code);
                    xml.WriteElementString("Message", error.Message);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        });
    }

    public static int ReadMax(S3Query query, string name)
    {
        if (query[name] is not { Length: > 0 } text)
        {
            return MaxKeys;
        }

        return !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int max)
            ? throw new S3Exception(S3Errors.InvalidArgument("Provided " + name + " not an integer or within integer range", name, text))
            : max < 0 ? throw new S3Exception(S3Errors.InvalidArgument("Argument " + (name == "max-keys" ? "maxKeys" : name) + " must be an integer between 0 and 2147483647", name, text))
            : Math.Min(max, MaxKeys);
    }

    public static bool ReadEncoding(S3Query query) => query["encoding-type"] switch
    {
        null => false,
        "url" => true,
        { } other => throw new S3Exception(S3Errors.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", other)),
    };

    public static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string ReadToken(string token)
    {
        byte[] bytes = new byte[token.Length];
        return token.Length > 0 && Convert.TryFromBase64String(token, bytes, out int length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw new S3Exception(new LocalS3Error(400, "InvalidArgument", "The continuation token provided is incorrect", ("ArgumentName", "continuation-token")));
    }
}
