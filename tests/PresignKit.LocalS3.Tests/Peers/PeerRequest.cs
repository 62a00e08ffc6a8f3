namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A request that a program presigns.</summary>
/// <param name="Operation">The name of the operation in the S3 API, which the SDKs use as well.</param>
/// <param name="Parameters">The parameters of the operation, with the names in the S3 API.</param>
internal sealed record PeerRequest(string Operation, IReadOnlyDictionary<string, object> Parameters)
{
    public int ExpiresIn { get; init; } = PeerCase.ExpiresIn;

    public bool IsVirtualHosted { get; init; }

    /// <summary>Gets the signature version in boto3's configuration, or <c>null</c> for SigV4.</summary>
    public string? SignatureVersion { get; init; }

    /// <summary>Gets the value of <c>requestChecksumCalculation</c> in JavaScript, or <c>null</c> for the default.</summary>
    public string? Checksums { get; init; }

    /// <summary>Gets the headers that the presigner of JavaScript signs in addition.</summary>
    public IReadOnlyList<string> SignableHeaders { get; init; } = [];

    /// <summary>Gets the headers that the presigner of JavaScript does not move into the query.</summary>
    public IReadOnlyList<string> UnhoistableHeaders { get; init; } = [];
}
