namespace PresignKit;

/// <summary>Reads what the store knows of an object, its content and own metadata left out.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html">GetObjectAttributes</see>.</remarks>
public sealed record GetObjectAttributes : S3ObjectOperation
{
    /// <summary>Names the object, in the bucket of the options, and what to tell of it. For another bucket, set <see cref="S3Operation.Bucket"/>.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <param name="attributes">What to tell: one at least.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="attributes"/> names none, or one that there is not.</exception>
    public GetObjectAttributes(string key, ObjectAttributes attributes)
        : base(key) => Attributes = attributes is > ObjectAttributes.None and <= ObjectAttributes.All
            ? attributes
            : throw new ArgumentOutOfRangeException(
                nameof(attributes), attributes, "These are no attributes of an object. Name one at least, like ObjectAttributes.ETag | ObjectAttributes.ObjectSize.");

    /// <summary>What to tell; signed as <c>x-amz-object-attributes</c>.</summary>
    public ObjectAttributes Attributes { get; }

    /// <summary>The version of the object; <c>null</c> stands for the current one.</summary>
    public string? VersionId { get; init; }

    /// <summary>The most parts in one answer, from 1 to 1,000 (<c>x-amz-max-parts</c>); <c>null</c> (the default) stands for the store's 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to another number.</exception>
    public int? MaxParts
    {
        get;
        init => field = ValueRules.RequireRange(value, 1, ValueRules.MaxListed, nameof(MaxParts));
    }

    /// <summary>Lists the parts after this one (<c>x-amz-part-number-marker</c>); from 0 to 10,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to another number.</exception>
    public int? PartNumberMarker
    {
        get;
        init => field = ValueRules.RequireRange(value, 0, ValueRules.MaxPartNumber, nameof(PartNumberMarker));
    }

    /// <summary>The key with which the object is encrypted (SSE-C).</summary>
    public SseCustomerKey? SseCustomerKey { get; init; }

    private protected override void DescribeObjectRequest(RequestBuilder request)
    {
        request.Method = HttpMethod.Get;
        request.AddQuery("attributes", value: null);
        request.AddOptionalQuery("versionId", VersionId);
        request.AddHeader("x-amz-object-attributes", AttributesText());
        request.AddOptionalHeader("x-amz-max-parts", InvariantText.Number(MaxParts));
        request.AddOptionalHeader("x-amz-part-number-marker", InvariantText.Number(PartNumberMarker));
        SseCustomerKey?.Describe(request);
    }

    private string AttributesText()
    {
        List<string> names = [];
        AddIf(ObjectAttributes.ETag, "ETag");
        AddIf(ObjectAttributes.Checksum, "Checksum");
        AddIf(ObjectAttributes.ObjectParts, "ObjectParts");
        AddIf(ObjectAttributes.StorageClass, "StorageClass");
        AddIf(ObjectAttributes.ObjectSize, "ObjectSize");
        return string.Join(",", names);

        void AddIf(ObjectAttributes attribute, string name)
        {
            if ((Attributes & attribute) != 0)
            {
                names.Add(name);
            }
        }
    }
}
