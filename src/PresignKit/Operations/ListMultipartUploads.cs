namespace PresignKit;

/// <summary>Lists the in-progress multipart uploads in a bucket.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html">ListMultipartUploads</see>.</remarks>
public sealed record ListMultipartUploads : S3BucketOperation
{
    /// <inheritdoc cref="ListObjectsV2.Prefix"/>
    public string? Prefix { get; init; }

    /// <inheritdoc cref="ListObjectsV2.Delimiter"/>
    public string? Delimiter { get; init; }

    /// <summary>Gets the maximum number of uploads in the response.</summary>
    /// <value>From 1 to 1,000. The default is <c>null</c>, in which case the store uses its default of 1,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to a number outside this range.</exception>
    public int? MaxUploads
    {
        get;
        init => field = ValueRules.RequireRange(value, 1, ValueRules.MaxListed, nameof(MaxUploads));
    }

    /// <summary>Gets the key after which the list starts, usually the <c>NextKeyMarker</c> of the previous response.</summary>
    /// <value>The default is <c>null</c>, in which case the list starts with the first upload.</value>
    public string? KeyMarker { get; init; }

    /// <summary>Gets the upload ID after which the list starts, usually the <c>NextUploadIdMarker</c> of the previous response.</summary>
    /// <value>The default is <c>null</c>. Any other value requires <see cref="KeyMarker"/>.</value>
    public string? UploadIdMarker { get; init; }

    /// <inheritdoc cref="ListObjectsV2.UrlEncodeKeys"/>
    public bool UrlEncodeKeys { get; init; }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.ThrowIf(
            UploadIdMarker is not null && KeyMarker is null,
            "UploadIdMarker is set without KeyMarker, so stores would ignore it. Set both to the values in the previous response.");
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
