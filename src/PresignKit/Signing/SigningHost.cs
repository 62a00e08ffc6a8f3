using System.Text;

namespace PresignKit;

/// <summary>A host as it is signed and as it is emitted, written once for all requests to it. Immutable and thread-safe.</summary>
internal sealed class SigningHost
{
    private readonly byte[] _origin;
    private readonly byte[] _headersOfHostAlone;

    /// <summary>Makes a host.</summary>
    /// <param name="schemePrefix">Scheme and <c>://</c>; not signed.</param>
    /// <param name="name">The <c>host</c> header: lower case, with a port only where it is not the scheme's default.</param>
    public SigningHost(string schemePrefix, string name)
    {
        Name = name;
        _origin = Encoding.UTF8.GetBytes(schemePrefix + name);
        _headersOfHostAlone = Encoding.UTF8.GetBytes($"host:{name}\n\nhost\n");
    }

    public string Name { get; }

    /// <summary>What a URL begins with.</summary>
    public ReadOnlySpan<byte> Origin => _origin;

    /// <summary>The part of a canonical request between the query and the payload line where no other header is signed.</summary>
    public ReadOnlySpan<byte> HeadersOfHostAlone => _headersOfHostAlone;
}
