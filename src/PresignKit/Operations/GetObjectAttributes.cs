using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>Reads attributes of an object, such as its size and checksum.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html">GetObjectAttributes</see>.</remarks>
public sealed record GetObjectAttributes : S3ObjectOperation
{
    private const ObjectAttributes Defined =
        ObjectAttributes.ETag | ObjectAttributes.Checksum | ObjectAttributes.ObjectParts | ObjectAttributes.StorageClass | ObjectAttributes.ObjectSize;

    /// <summary>Initializes a new instance for the specified key and attributes.</summary>
    /// <param name="key">The key of the object, not encoded.</param>
    /// <param name="attributes">The attributes to read. At least one is required.</param>
    /// <inheritdoc cref="S3ObjectOperation(string)" path="/remarks|/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="attributes"/> is <see cref="ObjectAttributes.None"/> or contains an undefined value.</exception>
    public GetObjectAttributes(string key, ObjectAttributes attributes)
        : base(key) => Attributes = attributes != ObjectAttributes.None && (attributes & ~Defined) == 0
            ? attributes
            : throw new ArgumentOutOfRangeException(
                nameof(attributes),
                attributes,
                "The value is not a combination of defined attributes. Specify at least one, such as ObjectAttributes.ETag | ObjectAttributes.ObjectSize.");

    /// <summary>Gets the attributes to read (<c>x-amz-object-attributes</c>).</summary>
    public ObjectAttributes Attributes { get; }

    /// <inheritdoc cref="S3ObjectReadOperation.VersionId"/>
    public string? VersionId { get; init; }

    /// <summary>Gets the maximum number of parts in the response (<c>x-amz-max-parts</c>).</summary>
    /// <value>From 1 to 1,000. The default is <c>null</c>, in which case the store uses its default of 1,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to a number outside this range.</exception>
    public int? MaxParts
    {
        get;
        init => field = ValueRules.RequireRange(value, 1, ValueRules.MaxListed, nameof(MaxParts));
    }

    /// <summary>Gets the part number after which the list of parts starts (<c>x-amz-part-number-marker</c>).</summary>
    /// <value>From 0 to 10,000. The default is <c>null</c>, in which case the list starts with the first part.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to a number outside this range.</exception>
    public int? PartNumberMarker
    {
        get;
        init => field = ValueRules.RequireRange(value, 0, ValueRules.MaxPartNumber, nameof(PartNumberMarker));
    }

    /// <inheritdoc cref="S3ObjectReadOperation.SseCustomerKey"/>
    [JsonIgnore]
    [IgnoreDataMember]
    public SseCustomerKey? SseCustomerKey { get; init; }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Get;
        request.AddQuery("attributes", value: null);
        request.AddOptionalQuery("versionId", VersionId);
        request.AddHeader("x-amz-object-attributes", AttributesText());
        request.AddOptionalHeader("x-amz-max-parts", InvariantText.Number(MaxParts));
        request.AddOptionalHeader("x-amz-part-number-marker", InvariantText.Number(PartNumberMarker));
        SseCustomerKey?.AddTo(request);
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
