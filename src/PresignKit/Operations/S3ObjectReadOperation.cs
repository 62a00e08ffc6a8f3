using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>The base type of <see cref="GetObject"/> and <see cref="HeadObject"/>.</summary>
public abstract record S3ObjectReadOperation : S3ObjectOperation
{
    /// <inheritdoc cref="S3ObjectOperation(string)"/>
    private protected S3ObjectReadOperation(string key)
        : base(key)
    {
    }

    /// <summary>Gets the ID of the object version to read.</summary>
    /// <value>The default is <c>null</c>, which selects the current version.</value>
    public string? VersionId { get; init; }

    /// <summary>Gets the response headers that override the headers stored with the object.</summary>
    /// <value>The default is <c>null</c>.</value>
    public ResponseHeaderOverrides? ResponseHeaders { get; init; }

    /// <summary>Gets the file name that browsers use to save the download.</summary>
    /// <value>A file name, which can contain non-ASCII characters. The default is <c>null</c>.</value>
    /// <remarks>
    /// The response's <c>Content-Disposition</c> header is the value that <see cref="ContentDisposition.Attachment"/> returns for this name. This property cannot be combined with
    /// <see cref="ResponseHeaderOverrides.ContentDisposition"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The property is set to a name that is empty or contains a control character or a lone surrogate.</exception>
    public string? DownloadFileName
    {
        get;
        init => field = value is not null && ContentDisposition.FindProblem(value, nameof(DownloadFileName)) is { } problem
            ? throw new ArgumentException(problem, nameof(DownloadFileName))
            : value;
    }

    /// <summary>Gets the number of the part to read from an object that was uploaded in parts.</summary>
    /// <value>From 1 to 10,000. The default is <c>null</c>, which selects the whole object. This property cannot be combined with <see cref="Range"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to a number that is less than 1 or greater than 10,000.</exception>
    public int? PartNumber
    {
        get;
        init => field = ValueRules.RequireRange(value, 1, ValueRules.MaxPartNumber, nameof(PartNumber));
    }

    /// <summary>Gets the range of bytes to read.</summary>
    /// <value>The default is <c>null</c>, which selects the whole object.</value>
    /// <remarks>The range is signed as a header, so the URL is valid only for this range, and the client must send the <c>Range</c> header.</remarks>
    public ByteRange? Range { get; init; }

    /// <summary>Gets the quoted ETag that the object must have (<c>If-Match</c>).</summary>
    /// <value>If the object has a different ETag, the store responds with 412 (Precondition Failed). The default is <c>null</c>.</value>
    /// <exception cref="ArgumentException">
    /// The property is set to a string that is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public string? IfMatch
    {
        get;
        init => field = ETagRules.Require(value, nameof(IfMatch));
    }

    /// <summary>Gets the quoted ETag that the object must not have (<c>If-None-Match</c>).</summary>
    /// <value>If the object has this ETag, the store responds with 304 (Not Modified). The default is <c>null</c>.</value>
    /// <exception cref="ArgumentException">
    /// The property is set to a string that is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public string? IfNoneMatch
    {
        get;
        init => field = ETagRules.Require(value, nameof(IfNoneMatch));
    }

    /// <summary>Gets the time after which the object must have been modified (<c>If-Modified-Since</c>).</summary>
    /// <value>A time in whole seconds. If the object has not been modified since, the store responds with 304. The default is <c>null</c>.</value>
    public DateTimeOffset? IfModifiedSince { get; init; }

    /// <summary>Gets the time after which the object must not have been modified (<c>If-Unmodified-Since</c>).</summary>
    /// <value>A time in whole seconds. If the object has been modified since, the store responds with 412. The default is <c>null</c>.</value>
    public DateTimeOffset? IfUnmodifiedSince { get; init; }

    /// <summary>Gets the customer-provided encryption key for the object (SSE-C).</summary>
    /// <value>The default is <c>null</c>.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    public SseCustomerKey? SseCustomerKey { get; init; }

    /// <summary>Gets a value that indicates whether the response includes the object's checksum.</summary>
    /// <value><c>true</c> to sign <c>x-amz-checksum-mode: ENABLED</c>. The default is <c>false</c>.</value>
    public bool IncludeChecksum { get; init; }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.ThrowIf(
            PartNumber is not null && Range is not null, "PartNumber and Range cannot be combined, because stores apply only one of them. Remove one of them.");
        request.ThrowIf(
            DownloadFileName is not null && ResponseHeaders?.ContentDisposition is not null,
            "DownloadFileName and ResponseHeaders.ContentDisposition cannot be combined, because both set the Content-Disposition of the response. Remove one of them.");
        request.AddOptionalQuery("versionId", VersionId);
        request.AddOptionalQuery("partNumber", InvariantText.Number(PartNumber));
        request.AddOptionalHeader("range", Range?.ToString());
        request.AddOptionalHeader("if-match", IfMatch);
        request.AddOptionalHeader("if-none-match", IfNoneMatch);
        request.AddOptionalHeader("if-modified-since", InvariantText.HttpDate(IfModifiedSince));
        request.AddOptionalHeader("if-unmodified-since", InvariantText.HttpDate(IfUnmodifiedSince));
        SseCustomerKey?.AddTo(request);
        request.AddOptionalHeader("x-amz-checksum-mode", IncludeChecksum ? "ENABLED" : null);
        ResponseHeaders?.AddTo(request);
        if (DownloadFileName is not null)
        {
            request.AddQuery("response-content-disposition", ContentDisposition.Attachment(DownloadFileName));
        }
    }
}
