using System.Reflection;
using System.Text.Json;

namespace PresignKit.ConformanceTests;

/// <summary>Creates a typed operation from its name and from JSON with its properties. Values that are not constructor arguments are set as properties.</summary>
internal static class TypedOperation
{
    public static S3Operation Create(string name, string? key, JsonElement json)
    {
        S3Operation operation = name switch
        {
            nameof(GetObject) => new GetObject(key!),
            nameof(HeadObject) => new HeadObject(key!),
            nameof(PutObject) => new PutObject(key!),
            nameof(DeleteObject) => new DeleteObject(key!),
            nameof(CopyObject) => new CopyObject(key!, Source()),
            nameof(CreateMultipartUpload) => new CreateMultipartUpload(key!),
            nameof(UploadPart) => new UploadPart(key!, UploadId(), PartNumber()),
            nameof(UploadPartCopy) => new UploadPartCopy(key!, UploadId(), PartNumber(), Source()),
            nameof(CompleteMultipartUpload) => new CompleteMultipartUpload(key!, UploadId()),
            nameof(AbortMultipartUpload) => new AbortMultipartUpload(key!, UploadId()),
            nameof(ListParts) => new ListParts(key!, UploadId()),
            nameof(ListMultipartUploads) => new ListMultipartUploads(),
            nameof(ListObjectsV2) => new ListObjectsV2(),
            nameof(HeadBucket) => new HeadBucket(),
            nameof(GetObjectTagging) => new GetObjectTagging(key!),
            nameof(PutObjectTagging) => new PutObjectTagging(key!),
            nameof(DeleteObjectTagging) => new DeleteObjectTagging(key!),
            nameof(GetObjectAttributes) => new GetObjectAttributes(key!, Enum.Parse<ObjectAttributes>(json.GetProperty("attributes").GetString()!)),
            _ => throw new ArgumentException($"There is no typed operation {name}.", nameof(name)),
        };
        Set(operation, json);
        return operation;

        string UploadId() => json.GetProperty("uploadId").GetString()!;
        int PartNumber() => json.GetProperty("partNumber").GetInt32();
        CopySource Source() => (CopySource)Value(typeof(CopySource), json.GetProperty("source"));
    }

    /// <summary>Sets the properties that are in the JSON.</summary>
    public static T Set<T>(T target, JsonElement json)
        where T : class
    {
        foreach (JsonProperty given in json.EnumerateObject())
        {
            PropertyInfo property = target.GetType().GetProperty(char.ToUpperInvariant(given.Name[0]) + given.Name[1..])
                ?? throw new InvalidOperationException($"{target.GetType().Name} does not have the property {given.Name}.");
            if (property.CanWrite)
            {
                property.SetValue(target, Value(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, given.Value));
            }
        }

        return target;
    }

    private static object Value(Type type, JsonElement json)
    {
        if (type.IsEnum)
        {
            return Enum.Parse(type, json.GetString()!);
        }

        return type switch
        {
            _ when type == typeof(SseCustomerKey) => SseCustomerKey.FromBase64(json.GetString()!),
            _ when type == typeof(Checksum) =>
                new Checksum(Enum.Parse<ChecksumAlgorithm>(json.GetProperty("algorithm").GetString()!), json.GetProperty("value").GetString()!),
            _ when type == typeof(ByteRange) => Range(json),
            _ when type == typeof(CopySource) => Set(new CopySource(json.GetProperty("bucket").GetString()!, json.GetProperty("key").GetString()!), json),
            _ when type == typeof(ServerSideEncryption) => Encryption(json),
            _ when type == typeof(AccessGrants) => Set(new AccessGrants(), json),
            _ when type == typeof(ObjectLock) => Set(new ObjectLock(), json),
            _ when type == typeof(ContentLengthRange) => new ContentLengthRange(json[0].GetInt64(), json[1].GetInt64()),
            _ when type == typeof(IReadOnlyCollection<KeyValuePair<string, string>>) || type == typeof(IReadOnlyList<KeyValuePair<string, string>>) =>
                json.EnumerateArray().Select(pair => new KeyValuePair<string, string>(pair[0].GetString()!, pair[1].GetString()!)).ToArray(),
            _ when type == typeof(IReadOnlyList<PostCondition>) => json.EnumerateArray().Select(Condition).ToArray(),
            _ => json.Deserialize(type)!,
        };
    }

    private static PostCondition Condition(JsonElement json) => json[2].GetBoolean()
        ? PostCondition.StartsWith(json[0].GetString()!, json[1].GetString()!)
        : PostCondition.ExactMatch(json[0].GetString()!, json[1].GetString()!);

    private static ByteRange Range(JsonElement json) => (json.TryGetProperty("from", out JsonElement from), json.TryGetProperty("to", out JsonElement to)) switch
    {
        (true, true) => new ByteRange(from.GetInt64(), to.GetInt64()),
        (true, false) => ByteRange.StartingAt(from.GetInt64()),
        _ => ByteRange.Last(to.GetInt64()),
    };

    private static ServerSideEncryption Encryption(JsonElement json)
    {
        string? keyId = json.TryGetProperty("keyId", out JsonElement id) ? id.GetString() : null;
        return json.GetProperty("algorithm").GetString() switch
        {
            "AES256" => ServerSideEncryption.S3,
            "aws:kms" => Set(ServerSideEncryption.Kms(keyId), json),
            _ => Set(ServerSideEncryption.KmsDualLayer(keyId), json),
        };
    }
}
