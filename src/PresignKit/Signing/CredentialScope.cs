namespace PresignKit.Signing;

/// <summary>What a signing key is good for: <c>yyyyMMdd/region/service/aws4_request</c>.</summary>
/// <param name="Date">The UTC day; its time of day does not count.</param>
/// <param name="Region">The region, as the store wants it in the scope.</param>
/// <param name="Service">The service: <c>s3</c> for object stores.</param>
internal readonly record struct CredentialScope(DateTime Date, string Region, string Service)
{
    public const string Terminator = "aws4_request";

    /// <summary>Appends <c>yyyyMMdd</c>. Written digit by digit: a culture's calendar must have no say in it.</summary>
    public static void AppendDate(ref ByteBuffer buffer, DateTime utc)
    {
        buffer.Append(utc.Year, digits: 4);
        buffer.Append(utc.Month, digits: 2);
        buffer.Append(utc.Day, digits: 2);
    }

    /// <summary>Appends the scope as it stands in the string to sign.</summary>
    public void Append(ref ByteBuffer buffer)
    {
        AppendDate(ref buffer, Date);
        buffer.Append((byte)'/');
        buffer.Append(Region.AsSpan());
        buffer.Append((byte)'/');
        buffer.Append(Service.AsSpan());
        buffer.Append((byte)'/');
        buffer.Append(Terminator.AsSpan());
    }

    /// <summary>Appends <c>access-key-id/scope</c>, percent-encoded: the value of <c>X-Amz-Credential</c>.</summary>
    public void AppendCredential(ref ByteBuffer buffer, string accessKeyId)
    {
        PercentEncoding.AppendComponent(ref buffer, accessKeyId.AsSpan());
        buffer.Append("%2F"u8);
        AppendDate(ref buffer, Date);
        buffer.Append("%2F"u8);
        PercentEncoding.AppendComponent(ref buffer, Region.AsSpan());
        buffer.Append("%2F"u8);
        PercentEncoding.AppendComponent(ref buffer, Service.AsSpan());
        buffer.Append("%2Faws4_request"u8);
    }

    /// <summary>Whether a key for this scope signs at <paramref name="utc"/>.</summary>
    public bool Covers(DateTime utc) => utc.Date == Date.Date;
}
