namespace PresignKit;

/// <summary>
/// The first difference between the signed text and the text that a store computed (or the request that was sent), and its likely cause.
/// </summary>
/// <remarks>Instances are immutable and thread-safe.</remarks>
/// <example><code>
/// using HttpResponseMessage response = await client.SendAsync(request);
/// if (response.StatusCode == HttpStatusCode.Forbidden)
/// {
///     logger.LogWarning("{Comparison}", SignatureComparison.Of(presigned, response.RequestMessage!));
/// }
/// </code></example>
public sealed class SignatureComparison
{
    internal SignatureComparison(SignatureDifference difference, string cause, int? line = null, string? ours = null, string? theirs = null)
    {
        Difference = difference;
        Cause = cause;
        Line = line;
        Ours = ours;
        Theirs = theirs;
    }

    /// <summary>Gets the part of the signed text that differs.</summary>
    public SignatureDifference Difference { get; }

    /// <summary>Gets a human-readable description of the likely cause and its remedy.</summary>
    public string Cause { get; }

    /// <summary>Gets the number of the first different line.</summary>
    /// <value>The number of a line in the canonical request or, for <see cref="SignatureDifference.StringToSign"/>, in the string to sign. The first line is 1. The value is
    /// <c>null</c> if no line differs or if a request was compared.</value>
    public int? Line { get; }

    /// <summary>Gets the different line or part of the text that was signed, with secrets masked.</summary>
    /// <value><c>null</c> if nothing differs or if the signed text does not contain the line or part.</value>
    public string? Ours { get; }

    /// <summary>Gets the different line of the store's text, or the different part of the request that was sent, with secrets masked.</summary>
    /// <value><c>null</c> if nothing differs or if the other text does not contain the line or part.</value>
    public string? Theirs { get; }

    /// <summary>Compares a presigned URL with the request that was sent with it, to find the cause of a 403 from a store that does not report the cause, such as Ceph.</summary>
    /// <param name="presigned">The presigned URL as it was created, with its required headers.</param>
    /// <param name="sent">The request, preferably after it was sent. <see cref="HttpResponseMessage.RequestMessage"/> contains the headers that <see cref="HttpClient"/> and its
    /// handlers added, and the URI after a redirect.</param>
    /// <returns>The first difference, or <see cref="SignatureDifference.None"/>. Changes that a proxy makes later are not visible.</returns>
    /// <remarks>The headers are read without parsing, because System.Net.Http rewrites values when it parses them. The netstandard2.0 assembly cannot avoid parsing, so if the
    /// application uses that assembly, call this method only after the request was sent.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="presigned"/> or <paramref name="sent"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The request URI of <paramref name="sent"/> is missing or relative. <see cref="HttpClient"/> makes it absolute when it sends the
    /// request.</exception>
    public static SignatureComparison Of(PresignedUrl presigned, HttpRequestMessage sent)
    {
        ArgumentNullException.ThrowIfNull(presigned);
        ArgumentNullException.ThrowIfNull(sent);
        return SentRequest.From(sent).CompareWith(presigned);
    }

    /// <summary>Compares a presigned URL with the method, URL and headers that were sent, for example as recorded in the log of a proxy or a browser.</summary>
    /// <param name="presigned">The presigned URL as it was created, with its required headers.</param>
    /// <param name="method">The method that was sent.</param>
    /// <param name="url">The absolute URL that was sent.</param>
    /// <param name="headers">The headers that were sent. A repeated header can appear several times, or once with its values joined by commas.</param>
    /// <returns>The first difference, or <see cref="SignatureDifference.None"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="presigned"/>, <paramref name="method"/>, <paramref name="url"/> or <paramref name="headers"/> is <c>null</c>.</exception>
    public static SignatureComparison Of(PresignedUrl presigned, HttpMethod method, string url, IEnumerable<KeyValuePair<string, string>> headers)
    {
        ArgumentNullException.ThrowIfNull(presigned);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(headers);
        return new SentRequest(method, url, headers).CompareWith(presigned);
    }

    /// <summary>Returns both lines or parts, one below the other, and the cause.</summary>
    public override string ToString() =>
        Line is not null ? FormattableString.Invariant($"Line {Line} differs:\n  signed here:       {Ours ?? "(no such line)"}\n  seen by the store: {Theirs ?? "(no such line)"}\n{Cause}")
        : Ours is null && Theirs is null ? Cause
        : $"  signed: {Ours ?? "(nothing)"}\n  sent:   {Theirs ?? "(nothing)"}\n{Cause}";
}
