namespace PresignKit;

/// <summary>Lists the objects in a bucket, ordered by key.</summary>
/// <remarks>
/// Each response contains one page. To presign the request for the next page, set <see cref="ContinuationToken"/> to the <c>NextContinuationToken</c> in the response. Without a
/// <see cref="Prefix"/>, the URL lists the whole bucket. Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</see>.
/// </remarks>
public sealed record ListObjectsV2 : S3BucketOperation
{
    /// <summary>Gets the prefix of the keys to list.</summary>
    /// <value>The default is <c>null</c>, which lists all keys.</value>
    public string? Prefix { get; init; }

    /// <summary>Gets the delimiter that groups keys.</summary>
    /// <value>
    /// Keys that are identical up to the first delimiter after the prefix are returned as one <c>CommonPrefixes</c> entry. Use <c>/</c> to list a folder. The default is
    /// <c>null</c>.
    /// </value>
    public string? Delimiter { get; init; }

    /// <summary>Gets the maximum number of keys in the response.</summary>
    /// <value>From 0 to 1,000. The default is <c>null</c>, in which case the store uses its default of 1,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to a number outside this range.</exception>
    public int? MaxKeys
    {
        get;
        init => field = ValueRules.RequireRange(value, 0, ValueRules.MaxListed, nameof(MaxKeys));
    }

    /// <summary>Gets the <c>NextContinuationToken</c> of the previous response.</summary>
    /// <value>The default is <c>null</c>, which requests the first page.</value>
    public string? ContinuationToken { get; init; }

    /// <summary>Gets the key after which the first page starts.</summary>
    /// <value>The default is <c>null</c>. Stores ignore this value if <see cref="ContinuationToken"/> is set.</value>
    public string? StartAfter { get; init; }

    /// <summary>Gets a value that indicates whether keys are percent-encoded in the response (<c>encoding-type=url</c>).</summary>
    /// <value>The default is <c>false</c>.</value>
    /// <remarks>Set this property to <c>true</c> if keys can contain characters that XML 1.0 cannot represent, such as most control characters. Decode keys and prefixes like
    /// the fields of an HTML form (<c>WebUtility.UrlDecode</c>), because AWS encodes a space as a plus sign.</remarks>
    public bool UrlEncodeKeys { get; init; }

    /// <summary>Gets a value that indicates whether the response includes the owner of each object.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool FetchOwner { get; init; }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Get;
        request.AddQuery("list-type", "2");
        request.AddOptionalQuery("prefix", Prefix);
        request.AddOptionalQuery("delimiter", Delimiter);
        request.AddOptionalQuery("max-keys", InvariantText.Number(MaxKeys));
        request.AddOptionalQuery("continuation-token", ContinuationToken);
        request.AddOptionalQuery("start-after", StartAfter);
        request.AddOptionalQuery("encoding-type", UrlEncodeKeys ? "url" : null);
        request.AddOptionalQuery("fetch-owner", FetchOwner ? "true" : null);
    }
}
