namespace PresignKit;

/// <summary>What <see cref="GetObject"/> and <see cref="HeadObject"/> have in common.</summary>
public abstract record S3ObjectReadOperation : S3ObjectOperation
{
    private protected S3ObjectReadOperation(string key)
        : base(key)
    {
    }

    private protected S3ObjectReadOperation(string bucket, string key)
        : base(bucket, key)
    {
    }

    /// <summary>The version of the object; <c>null</c> stands for the current one.</summary>
    public string? VersionId { get; init; }

    /// <summary>Headers that the store puts into its answer in place of the object's own.</summary>
    public ResponseHeaderOverrides? ResponseHeaders { get; init; }

    /// <summary>
    /// The name under which browsers save the download, in any script: a <c>Content-Disposition: attachment</c> by RFC 6266, with the exact name by RFC 8187
    /// where ASCII cannot hold it. Not together with <see cref="ResponseHeaderOverrides.ContentDisposition"/>.
    /// </summary>
    /// <exception cref="ArgumentException">It is set to a name that is empty, or holds a control character or a lone surrogate.</exception>
    public string? DownloadFileName
    {
        get;
        init => field = value is not null && DownloadName.FindProblem(value) is { } problem
            ? throw new ArgumentException(problem, nameof(DownloadFileName))
            : value;
    }

    /// <summary>The part of an object that was uploaded in parts, from 1 to 10,000. Not together with <see cref="Range"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to another number.</exception>
    public int? PartNumber
    {
        get;
        init => field = ValueRules.RequireRange(value, 1, ValueRules.MaxPartNumber, nameof(PartNumber));
    }

    /// <summary>The bytes to read. Signed as a header: the URL gives these bytes and no others, and whoever uses it sends <c>Range</c>.</summary>
    public ByteRange? Range { get; init; }

    /// <summary>Answers only where the object's ETag is this one, in quotes; 412 otherwise (<c>If-Match</c>).</summary>
    public string? IfMatch { get; init; }

    /// <summary>Answers only where the object's ETag is another one; 304 otherwise (<c>If-None-Match</c>).</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>Answers only where the object changed after this instant, in whole seconds; 304 otherwise (<c>If-Modified-Since</c>).</summary>
    public DateTimeOffset? IfModifiedSince { get; init; }

    /// <summary>Answers only where the object did not change after this instant, in whole seconds; 412 otherwise (<c>If-Unmodified-Since</c>).</summary>
    public DateTimeOffset? IfUnmodifiedSince { get; init; }

    /// <summary>The key with which the object is encrypted (SSE-C).</summary>
    public SseCustomerKey? SseCustomerKey { get; init; }

    /// <summary>Whether the answer names the object's checksum (<c>x-amz-checksum-mode: ENABLED</c>). The default is <c>false</c>.</summary>
    public bool ChecksumMode { get; init; }

    private protected void DescribeRead(RequestBuilder request)
    {
        RequestBuilder.RefuseIf(
            PartNumber is not null && Range is not null, "Both PartNumber and Range are set, and stores answer one of them only. Leave one out.");
        RequestBuilder.RefuseIf(
            DownloadFileName is not null && ResponseHeaders?.ContentDisposition is not null,
            "Both DownloadFileName and ResponseHeaders.ContentDisposition are set, and both are the Content-Disposition of the answer. Leave one out.");
        request.AddOptionalQuery("versionId", VersionId);
        request.AddOptionalQuery("partNumber", InvariantText.Number(PartNumber));
        request.AddOptionalHeader("range", Range?.ToString());
        request.AddOptionalHeader("if-match", IfMatch);
        request.AddOptionalHeader("if-none-match", IfNoneMatch);
        request.AddOptionalHeader("if-modified-since", InvariantText.HttpDate(IfModifiedSince));
        request.AddOptionalHeader("if-unmodified-since", InvariantText.HttpDate(IfUnmodifiedSince));
        SseCustomerKey?.Describe(request);
        request.AddOptionalHeader("x-amz-checksum-mode", ChecksumMode ? "ENABLED" : null);
        if (ResponseHeaders is not null)
        {
            request.AddResponseHeaders(ResponseHeaders);
        }

        if (DownloadFileName is not null)
        {
            request.AddQuery("response-content-disposition", DownloadName.ToContentDisposition(DownloadFileName));
        }
    }
}
