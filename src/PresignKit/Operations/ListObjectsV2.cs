namespace PresignKit;

/// <summary>Lists the objects of a bucket, in order of their keys.</summary>
/// <remarks>
/// What is signed is one page: the URL of the next one has another <see cref="ContinuationToken"/>. Without a <see cref="Prefix"/> it shows the whole bucket.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</see>.
/// </remarks>
public sealed record ListObjectsV2 : S3BucketOperation
{
    /// <summary>Lists the objects whose key begins so.</summary>
    public string? Prefix { get; init; }

    /// <summary>Shows keys that go on past this text after the prefix as one <c>CommonPrefixes</c>; <c>/</c> makes folders of it.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The most keys in one answer, from 0 to 1,000; <c>null</c> (the default) stands for the store's 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to another number.</exception>
    public int? MaxKeys
    {
        get;
        init => field = ValueRules.RequireRange(value, 0, ValueRules.MaxListed, nameof(MaxKeys));
    }

    /// <summary>Goes on where an answer ended: its <c>NextContinuationToken</c>.</summary>
    public string? ContinuationToken { get; init; }

    /// <summary>Lists the objects after this key. For the first page; a <see cref="ContinuationToken"/> prevails.</summary>
    public string? StartAfter { get; init; }

    /// <summary>Whether keys come percent-encoded (<c>encoding-type=url</c>): XML 1.0 cannot hold all of their characters. The default is <c>false</c>.</summary>
    public bool UrlEncodeKeys { get; init; }

    /// <summary>Whether each object comes with its owner. The default is <c>false</c>.</summary>
    public bool FetchOwner { get; init; }

    private protected override void DescribeBucketRequest(RequestBuilder request)
    {
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
