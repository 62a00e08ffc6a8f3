namespace PresignKit;

/// <summary>
/// Signs a request and leaves its URL in the buffer. Path and query of the URL are the very bytes that were hashed:
/// <code>
///                    GET\n/key\nX-Amz-Algorithm=…\nhost:…\n\nhost\nUNSIGNED-PAYLOAD     canonical request
/// https://host.example/key?X-Amz-Algorithm=…&amp;X-Amz-Signature=…                        URL
/// </code>
/// </summary>
internal static class QuerySigner
{
    /// <summary>Appends to an empty buffer, and returns the index at which the URL starts. The URL is ASCII and ends where the buffer ends.</summary>
    public static int AppendUrl(ref ByteBuffer buffer, in SigningInput input, SigningKey key)
    {
        // Room for the origin, which is written last, right before the path and over the method.
        ReadOnlySpan<byte> origin = input.EmittedOrigin is { } emitted ? emitted : input.Host.Origin;
        _ = buffer.GetSpan(origin.Length);
        buffer.Advance(origin.Length);

        CanonicalRequest.Layout layout = CanonicalRequest.Append(ref buffer, input, key.Scope);
        Span<byte> signature = stackalloc byte[SigningKey.SignatureSize];
        key.SignCanonicalRequest(ref buffer, layout.Start, input.SignedAt, signature);

        buffer.Truncate(layout.QueryEnd);
        buffer.Written[layout.PathEnd] = (byte)'?';
        if (input is { EncodedSessionToken: not null, SessionTokenIsUnsigned: true })
        {
            buffer.Append("&X-Amz-Security-Token="u8);
            buffer.Append(input.EncodedSessionToken);
        }

        buffer.Append("&X-Amz-Signature="u8);
        buffer.AppendHex(signature);

        int pathStart = layout.PathStart +
            (input.EncodePathTwice ? PercentEncoding.UndoSecond(buffer.Written[layout.PathStart..layout.PathEnd]) : 0);
        int urlStart = pathStart - origin.Length;
        origin.CopyTo(buffer.Written[urlStart..]);
        return urlStart;
    }
}
