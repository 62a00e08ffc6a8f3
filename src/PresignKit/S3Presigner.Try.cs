using PresignKit.Signing;

namespace PresignKit;

/// <content>URLs into memory of the caller's.</content>
public sealed partial class S3Presigner
{
    /// <summary>Presigns an operation that needs no headers but <c>host</c>, into memory of the caller's. Allocates nothing on .NET 8 and later
    /// (but for the text of a date or a number that the operation holds, for response overrides that are used a second time, and for a bucket that is none of the last 60 or so).</summary>
    /// <param name="operation">What the URL allows.</param>
    /// <param name="destination">Where the URL goes.</param>
    /// <param name="charsWritten">The length of the URL; 0 where it did not fit.</param>
    /// <returns>Whether <paramref name="destination"/> was long enough.</returns>
    /// <inheritdoc cref="IPresigner.Presign" path="/exception"/>
    /// <exception cref="ArgumentException">The operation signs headers, which the URL alone does not tell: use <see cref="Presign(S3Operation)"/>.</exception>
    public bool TryPresign(S3Operation operation, Span<char> destination, out int charsWritten)
    {
        ByteBuffer buffer = new(UsualSize);
        try
        {
            ReadOnlySpan<byte> url = AppendBareUrl(ref buffer, operation);
            charsWritten = url.Length <= destination.Length ? url.Length : 0;
            Platform.AsciiToChars(url[..charsWritten], destination);
            return charsWritten > 0;
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <summary>Presigns an operation that needs no headers but <c>host</c>, as UTF-8 (a URL is ASCII): for an <c>IBufferWriter&lt;byte&gt;</c>, or a <c>Utf8JsonWriter</c>.
    /// Allocates nothing on .NET 8 and later (but for the text of a date or a number that the operation holds, for response overrides that are used a second time, and for a bucket that is none of the last 60 or so).</summary>
    /// <param name="operation">What the URL allows.</param>
    /// <param name="utf8Destination">Where the URL goes.</param>
    /// <param name="bytesWritten">The length of the URL; 0 where it did not fit.</param>
    /// <returns>Whether <paramref name="utf8Destination"/> was long enough.</returns>
    /// <example><code>
    /// Span&lt;byte&gt; url = stackalloc byte[2048];
    /// if (presigner.TryPresign(new GetObject(key), url, out int length))
    /// {
    ///     json.WriteString("url"u8, url[..length]);      // Utf8JsonWriter
    /// }
    /// </code></example>
    /// <inheritdoc cref="TryPresign(S3Operation, Span{char}, out int)" path="/exception"/>
    public bool TryPresign(S3Operation operation, Span<byte> utf8Destination, out int bytesWritten)
    {
        ByteBuffer buffer = new(UsualSize);
        try
        {
            ReadOnlySpan<byte> url = AppendBareUrl(ref buffer, operation);
            bytesWritten = url.TryCopyTo(utf8Destination) ? url.Length : 0;
            return bytesWritten > 0;
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <summary>Signs into the buffer; the result is the part of it that is the URL.</summary>
    private ReadOnlySpan<byte> AppendBareUrl(ref ByteBuffer buffer, S3Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        PresignerState state = _state;
        S3Credentials credentials = CurrentCredentials(state.Settings);
        RequestDescription request = RequestDescription.Rent();
        try
        {
            Describe(operation, state.Settings, request);
            RefuseHeaders(request, nameof(operation));
            Validity validity = Validity.Of(operation.ExpiresIn, state.Settings.Validity, credentials, _timeProvider, nameof(operation));
            return AppendUrl(ref buffer, operation, request, state, credentials, validity);
        }
        finally
        {
            request.Return();
        }
    }

    private static void RefuseHeaders(RequestDescription request, string paramName)
    {
        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            if (header.Value is not null)
            {
                throw new ArgumentException(
                    $"The operation signs the header '{header.Key}', which must be sent with the URL. Use Presign, whose result holds it.", paramName);
            }
        }
    }
}
