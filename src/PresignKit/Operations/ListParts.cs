using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>Lists the uploaded parts of a multipart upload.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html">ListParts</see>.</remarks>
public sealed record ListParts : S3MultipartOperation
{
    /// <inheritdoc cref="S3MultipartOperation(string, string)"/>
    public ListParts(string key, string uploadId)
        : base(key, uploadId)
    {
    }

    /// <summary>Gets the maximum number of parts in the response (<c>max-parts</c>).</summary>
    /// <value>From 1 to 1,000. The default is <c>null</c>, in which case the store uses its default of 1,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to a number outside this range.</exception>
    public int? MaxParts
    {
        get;
        init => field = ValueRules.RequireRange(value, 1, ValueRules.MaxListed, nameof(MaxParts));
    }

    /// <summary>Gets the part number after which the list starts, usually the <c>NextPartNumberMarker</c> of the previous response.</summary>
    /// <value>From 0 to 10,000. The default is <c>null</c>, in which case the list starts with the first part.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to a number outside this range.</exception>
    public int? PartNumberMarker
    {
        get;
        init => field = ValueRules.RequireRange(value, 0, ValueRules.MaxPartNumber, nameof(PartNumberMarker));
    }

    /// <inheritdoc cref="UploadPart.SseCustomerKey"/>
    [JsonIgnore]
    [IgnoreDataMember]
    public SseCustomerKey? SseCustomerKey { get; init; }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Get;
        request.AddOptionalQuery("max-parts", InvariantText.Number(MaxParts));
        request.AddOptionalQuery("part-number-marker", InvariantText.Number(PartNumberMarker));
        SseCustomerKey?.AddTo(request);
    }
}
