namespace PresignKit;

/// <summary>
/// The first difference between the signed request and the request that a store received or a client sent, and the likely cause of the difference.
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

    /// <summary>Gets the part of the request that differs.</summary>
    public SignatureDifference Difference { get; }

    /// <summary>Gets a human-readable description of the likely cause and its remedy.</summary>
    public string Cause { get; }

    /// <summary>Gets the number of the first line that differs.</summary>
    /// <value>A line number in the canonical request or, for <see cref="SignatureDifference.StringToSign"/>, in the string to sign. The first line is 1. The value is
    /// <c>null</c> if no line differs or if the URL was compared with a sent request.</value>
    public int? Line { get; }

    /// <summary>Gets the line or part of the signed request that differs, with secrets masked.</summary>
    /// <value><c>null</c> if nothing differs or if the signed request does not contain the line or part.</value>
    public string? Ours { get; }

    /// <summary>Gets the corresponding line that the store computed, or the corresponding part of the request that was sent, with secrets masked.</summary>
    /// <value><c>null</c> if nothing differs or if there is no corresponding line or part.</value>
    public string? Theirs { get; }

    /// <summary>Compares a presigned URL with the request that was sent with it.</summary>
    /// <param name="presigned">The presigned URL as it was created, with its required headers.</param>
    /// <param name="sent">The request, preferably after it has been sent. <see cref="HttpResponseMessage.RequestMessage"/> contains the headers that <see cref="HttpClient"/> and its
    /// handlers added, and the final URI if the request was redirected.</param>
    /// <returns>The first difference, or <see cref="SignatureDifference.None"/>. Changes that a proxy makes afterward are not detected.</returns>
    /// <remarks>
    /// <para>Use this method to find the cause of a 403 response from a store that does not report the cause, such as Ceph.</para>
    /// <para>The headers are read without parsing because System.Net.Http rewrites values when it parses them. The netstandard2.0 assembly cannot avoid parsing, so if the
    /// application uses that assembly, call this method only after the request has been sent.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="presigned"/> or <paramref name="sent"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The request URI of <paramref name="sent"/> is missing or relative. <see cref="HttpClient"/> makes it absolute when it sends the
    /// request.</exception>
    public static SignatureComparison Of(PresignedUrl presigned, HttpRequestMessage sent)
    {
        ArgumentNullException.ThrowIfNull(presigned);
        ArgumentNullException.ThrowIfNull(sent);
        return SentRequest.From(sent).CompareWith(presigned);
    }

    /// <summary>Compares a presigned URL with the method, URL and headers that were sent, such as those recorded in a proxy or browser log.</summary>
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

    /// <summary>Returns a comparison with the same difference and a different cause.</summary>
    internal SignatureComparison WithCause(string cause) => new(Difference, cause, Line, Ours, Theirs);

    /// <summary>Returns both lines or parts, one below the other, followed by the cause.</summary>
    public override string ToString() =>
        Line is not null ? FormattableString.Invariant($"Line {Line} differs:\n  signed here:       {Ours ?? "(no such line)"}\n  seen by the store: {Theirs ?? "(no such line)"}\n{Cause}")
        : Ours is null && Theirs is null ? Cause
        : $"  signed: {Ours ?? "(nothing)"}\n  sent:   {Theirs ?? "(nothing)"}\n{Cause}";
}
