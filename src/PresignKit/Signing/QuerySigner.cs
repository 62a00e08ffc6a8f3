namespace PresignKit;

/// <summary>
/// Signs a request and leaves its URL behind. The path and the query of the URL are the very bytes that were hashed:
/// <code>
///            GET\n/key\nX-Amz-…=…\nhost:…      what is signed
/// https://host.example/key?X-Amz-…=…&amp;X-Amz-Signature=…      what is emitted
/// </code>
/// </summary>
internal static class QuerySigner
{
    /// <summary>Appends to an empty buffer. Its content from the returned index to its end is the URL, in ASCII.</summary>
    public static int AppendUrl(ref ByteBuffer buffer, in SigningInput request, SigningKey key)
    {
        // Room for the start of the URL. It is written at last, up to the path: over the method, too.
        ReadOnlySpan<byte> origin = request.EmittedOrigin is { } emitted ? emitted : request.Host.Origin;
        _ = buffer.GetSpan(origin.Length);
        buffer.Advance(origin.Length);

        Signer signer = key.Rent();
        OwnParameters parameters = signer.ParametersOf(request.AccessKeyId, request.SessionTokenIsUnsigned ? null : request.SessionToken);
        CanonicalRequest.Layout layout = CanonicalRequest.Append(ref buffer, request, parameters);
        Span<byte> signature = stackalloc byte[Signer.SignatureSize];
        signer.Sign(request.SignedAt, buffer.Written[layout.Start..], signature);
        key.Return(signer);

        buffer.Truncate(layout.QueryEnd);
        buffer.Written[layout.PathEnd] = (byte)'?';
        if (request is { SessionToken: not null, SessionTokenIsUnsigned: true })
        {
            buffer.Append("&X-Amz-Security-Token="u8);
            PercentEncoding.AppendComponent(ref buffer, request.SessionToken.AsSpan());
        }

        buffer.Append("&X-Amz-Signature="u8);
        buffer.AppendHex(signature);

        int pathStart = layout.PathStart +
            (request.EncodePathTwice ? PercentEncoding.UndoSecond(buffer.Written[layout.PathStart..layout.PathEnd]) : 0);
        int urlStart = pathStart - origin.Length;
        origin.CopyTo(buffer.Written[urlStart..]);
        return urlStart;
    }
}
