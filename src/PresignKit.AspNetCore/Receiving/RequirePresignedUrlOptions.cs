namespace PresignKit.AspNetCore;

/// <summary>The options for endpoints with <c>RequirePresignedUrl</c>: the URLs that they accept and the credentials that sign them.</summary>
/// <remarks>
/// <para><see cref="Endpoint"/>, <see cref="Bucket"/>, and either <see cref="Credentials"/> or <see cref="FindCredentials"/> are required. The options are validated when the host
/// starts, and they are read only once. Later changes have no effect.</para>
/// <para>Instances are mutable so that configuration can be bound to them, and they are not thread-safe. Every option except <see cref="Endpoint"/> and
/// <see cref="FindCredentials"/> can be bound.</para>
/// </remarks>
public sealed class RequirePresignedUrlOptions
{
    /// <summary>Gets or sets the address of the application, as clients see it.</summary>
    /// <value>The scheme, the host, the port and the base path for which URLs are signed, such as <c>S3Endpoint.Create("https://app.example.com", "us-east-1")</c>. The default is
    /// <c>null</c>, which is not valid.</value>
    /// <remarks>
    /// <para>Requests for a different scheme, host, port or base path are rejected, even if their signature is correct. The URL style determines the position of the bucket:</para>
    /// <list type="bullet">
    /// <item><description><see cref="UrlStyle.Path"/> and <see cref="UrlStyle.Auto"/>: the first path segment after the base path is the bucket.</description></item>
    /// <item><description><see cref="UrlStyle.VirtualHosted"/>: the host can also start with the bucket, as in <c>my-bucket.app.example.com</c>. The same applies to
    /// <see cref="UrlStyle.Auto"/> if the host belongs to a known provider.</description></item>
    /// <item><description><see cref="UrlStyle.BucketBoundHostname"/>: URLs do not contain the bucket.</description></item>
    /// </list>
    /// <para>URLs can be signed for any region, because a secret access key is valid in all regions.</para>
    /// </remarks>
    public S3Endpoint? Endpoint { get; set; }

    /// <summary>Gets or sets the bucket of the URLs.</summary>
    /// <value>A bucket name, which the presigner uses too. It need not exist in any store. The default is <c>null</c>, which is not valid.</value>
    /// <remarks>Requests for a different bucket are rejected, even if their signature is correct.</remarks>
    public string? Bucket { get; set; }

    /// <summary>Gets the credentials that can sign URLs.</summary>
    /// <value>Empty by default. Access key IDs must be unique.</value>
    /// <remarks>To rotate an access key, add the new credentials, sign with them, and remove the old credentials when the last URL that they have signed has expired. To do so without
    /// restarting the application, use <see cref="FindCredentials"/> instead.</remarks>
    public ICollection<S3Credentials> Credentials { get; } = [];

    /// <summary>Gets or sets a function that returns the credentials for an access key ID, or <c>null</c> if there are none.</summary>
    /// <value>The default is <c>null</c>, in which case <see cref="Credentials"/> is used. The two options cannot be combined.</value>
    /// <remarks>
    /// <para>The function can be called from multiple threads concurrently. It is called only for requests that pass all other checks, but the signature cannot be verified without the
    /// credentials, so <b>the access key ID can be any string that an attacker chooses</b>. If the function throws, the request fails with the function's exception.</para>
    /// <para>The cancellation token is canceled when the client disconnects. To use services in the function, call <c>Configure</c> on the builder that
    /// <c>AddPresignedUrlVerifier</c> returns.</para>
    /// </remarks>
    public Func<string, CancellationToken, ValueTask<S3Credentials?>>? FindCredentials { get; set; }

    /// <summary>Gets or sets the maximum lifetime of a URL.</summary>
    /// <value>From 1 second to 7 days, inclusive. Fractions of a second are ignored. The default is <c>null</c>, which means 7 days.</value>
    /// <remarks>If the host of <see cref="Endpoint"/> belongs to a known provider that allows longer lifetimes, that provider's maximum applies instead of 7 days.</remarks>
    public TimeSpan? MaxExpiresIn { get; set; }

    /// <summary>Gets or sets the maximum amount of time by which the signer's clock may be ahead of the application's clock.</summary>
    /// <value>From 0 to 1 day, inclusive. The default is 15 minutes, as on AWS.</value>
    /// <remarks>The clock skew does not extend the lifetime of a URL.</remarks>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets the names of <c>x-amz-*</c> headers that may be sent without being signed, such as <c>X-Amz-Cf-Id</c>, which CloudFront adds.</summary>
    /// <value>Empty by default. Letter case is ignored. Do not add a header that the application reads.</value>
    public ICollection<string> AllowedUnsignedHeaders { get; } = [];

    /// <summary>Gets the names of signed query parameters that the endpoints handle themselves, such as <c>versionId</c>.</summary>
    /// <value>Empty by default. Names are compared case-sensitively, as in S3. Names that start with <c>response-</c> are not valid.</value>
    /// <remarks>
    /// <para>In S3, a parameter can select a different operation: <c>DELETE …?tagging</c> does not delete the object, and <c>PUT …?partNumber=1&amp;uploadId=…</c> does not replace it.
    /// An endpoint that ignores the parameter would execute the plain operation, so requests with unknown parameters are rejected. Add a name only if all endpoints handle the
    /// parameter. They can read its value from <see cref="PresignedUrlInfo.OtherParameters"/> of <see cref="VerifiedRequest.Url"/>.</para>
    /// <para>Two kinds of parameters are always accepted. The parameters of <see cref="ResponseHeaderOverrides"/> are applied to the response. <c>x-id</c>, which AWS SDKs add, is
    /// ignored if it contains the plain operation of the method, such as <c>GetObject</c> for <c>GET</c>.</para>
    /// </remarks>
    public ICollection<string> AllowedParameters { get; } = [];
}
