using System.Diagnostics.CodeAnalysis;

namespace PresignKit;

/// <summary>The result of a verification.</summary>
/// <remarks>Instances are immutable and thread-safe.</remarks>
public sealed class PresignedUrlVerificationResult
{
    internal PresignedUrlVerificationResult(PresignedUrlVerificationStatus status, PresignedUrlInfo? url, IReadOnlyList<string> unsignedHeaders)
    {
        Status = status;
        Url = url;
        UnsignedHeaders = unsignedHeaders;
    }

    /// <summary>Gets the status: <see cref="PresignedUrlVerificationStatus.Valid"/>, or the first reason for rejecting the request.</summary>
    public PresignedUrlVerificationStatus Status { get; }

    /// <summary>Gets a value that indicates whether the request is valid.</summary>
    [MemberNotNullWhen(true, nameof(Url))]
    public bool IsValid => Status == PresignedUrlVerificationStatus.Valid;

    /// <summary>Gets the parsed contents of the verified URL, or <c>null</c> if the request is not valid.</summary>
    /// <remarks>
    /// Use these values instead of the values from a web framework, which may decode the URL differently. For <c>/bucket/dir%2Fk.txt</c> and <c>/bucket%2Fdir%2Fk.txt</c>, the key
    /// is <c>dir/k.txt</c> in this class and in a store, but not in the route values of ASP.NET Core. <see cref="PresignedUrlInfo.Key"/> is <c>null</c> if the path is
    /// not valid UTF-8. A key can contain <c>..</c> segments, so do not use it as a file path.
    /// </remarks>
    public PresignedUrlInfo? Url { get; }

    /// <summary>Gets the lowercase names of the headers that must be signed but are not, in ordinal order.</summary>
    /// <value>Empty unless the status is <see cref="PresignedUrlVerificationStatus.UnsignedHeader"/>. The names include <c>host</c> if it is not signed.</value>
    public IReadOnlyList<string> UnsignedHeaders { get; }

    /// <summary>Returns the status and, if the request is valid, the URL without its query.</summary>
    public override string ToString() => Url is null ? Status.ToString() : $"{Status}: {Url}";
}
