namespace PresignKit;

/// <summary>Lists the uploads of a bucket that are neither completed nor given up.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html">ListMultipartUploads</see>.</remarks>
public sealed record ListMultipartUploads : S3BucketOperation
{
    /// <summary>Lists the uploads whose key begins so.</summary>
    public string? Prefix { get; init; }

    /// <summary>Shows keys that go on past this text after the prefix as one <c>CommonPrefixes</c>.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The most uploads in one answer, from 1 to 1,000; <c>null</c> (the default) stands for the store's 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to another number.</exception>
    public int? MaxUploads
    {
        get;
        init => field = ValueRules.RequireRange(value, 1, ValueRules.MaxListed, nameof(MaxUploads));
    }

    /// <summary>Lists the uploads after this key: <c>NextKeyMarker</c> of the answer before.</summary>
    public string? KeyMarker { get; init; }

    /// <summary>Lists the uploads of that key after this one: <c>NextUploadIdMarker</c> of the answer before. With <see cref="KeyMarker"/> only.</summary>
    public string? UploadIdMarker { get; init; }

    /// <inheritdoc cref="ListObjectsV2.UrlEncodeKeys"/>
    public bool UrlEncodeKeys { get; init; }

    private protected override void DescribeBucketRequest(RequestBuilder request)
    {
        RequestBuilder.RefuseIf(
            UploadIdMarker is not null && KeyMarker is null, "UploadIdMarker is set without KeyMarker, and stores overlook it then. Set both: the answer before has both.");
        request.Method = HttpMethod.Get;
        request.AddQuery("uploads", value: null);
        request.AddOptionalQuery("prefix", Prefix);
        request.AddOptionalQuery("delimiter", Delimiter);
        request.AddOptionalQuery("max-uploads", InvariantText.Number(MaxUploads));
        request.AddOptionalQuery("key-marker", KeyMarker);
        request.AddOptionalQuery("upload-id-marker", UploadIdMarker);
        request.AddOptionalQuery("encoding-type", UrlEncodeKeys ? "url" : null);
    }
}
