using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace PresignKit.LocalS3;

/// <summary>The options for a local S3 endpoint.</summary>
/// <remarks>Instances are mutable and not thread-safe. The options are read once, when the endpoint is created.</remarks>
public sealed class LocalS3Options
{
    /// <summary>Gets the names of the buckets that are created when the endpoint starts.</summary>
    public ICollection<string> Buckets { get; } = [];

    /// <summary>Gets or sets the region that URLs must be signed for.</summary>
    /// <value>The default is <c>us-east-1</c>.</value>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Gets or sets the access key ID that URLs must be signed with.</summary>
    /// <value>The default is <c>LOCALS3EXAMPLEKEYID1</c>.</value>
    public string AccessKeyId { get; set; } = "LOCALS3EXAMPLEKEYID1";

    /// <summary>Gets or sets the secret access key that URLs must be signed with.</summary>
    /// <value>The default is a random value for each endpoint.</value>
    public string? SecretAccessKey { get; set; }

    /// <summary>Gets or sets the session token that URLs must contain.</summary>
    /// <value>The default is <c>null</c>: URLs must not contain a session token.</value>
    public string? SessionToken { get; set; }

    /// <summary>Gets or sets the clock, which determines whether a URL has expired and when an object was modified.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets the TCP port on the loopback interface.</summary>
    /// <value>From 0 to 65535. The default is 0, which selects a free port. <see cref="LocalS3Extensions.MapLocalS3"/> ignores the value.</value>
    public int Port { get; set; }

    /// <summary>Gets or sets the maximum amount of memory that the content of objects can use, in bytes.</summary>
    /// <value>The default is 256 MiB. Content of more than 64 KiB is stored in temporary files instead. An upload that would exceed the limit is rejected with 507.</value>
    public long MaxMemoryBytes { get; set; } = 256 << 20;

    /// <summary>Gets or sets the maximum size of all temporary files together, in bytes.</summary>
    /// <value>The default is 16 GiB. An upload that would exceed the limit is rejected with 507.</value>
    public long MaxDiskBytes { get; set; } = 16L << 30;

    /// <summary>Gets or sets a value that indicates whether requests from other machines are accepted.</summary>
    /// <value>The default is <c>false</c>: such requests are rejected with 403. <see cref="LocalS3Server"/> listens on the loopback interface only, so the value matters only for
    /// <see cref="LocalS3Extensions.MapLocalS3"/>.</value>
    public bool AllowRemoteAddresses { get; set; }

    /// <summary>Gets or sets a value that indicates whether the endpoint starts if the environment is <c>Production</c>.</summary>
    /// <value>The default is <c>false</c>: <see cref="LocalS3Server.StartAsync"/> and <see cref="LocalS3Extensions.MapLocalS3"/> throw an exception.</value>
    public bool AllowProduction { get; set; }

    /// <summary>Gets or sets the factory for the logger, which receives one warning for each rejected request.</summary>
    /// <value>The default is <c>null</c>: nothing is logged. With <see cref="LocalS3Extensions.AddLocalS3"/>, the default is the application's factory.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Checks the options and returns the credentials that URLs must be signed with.</summary>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    internal S3Credentials Validate()
    {
        ThrowIf(Port is < 0 or > 65535, nameof(Port), FormattableString.Invariant($"{Port} is not a TCP port. Use a value from 1 to 65535, or 0 for a free port."));
        ThrowIf(MaxMemoryBytes <= 0, nameof(MaxMemoryBytes), FormattableString.Invariant($"{MaxMemoryBytes} is not a valid size. Use 1 or more bytes."));
        ThrowIf(MaxDiskBytes <= 0, nameof(MaxDiskBytes), FormattableString.Invariant($"{MaxDiskBytes} is not a valid size. Use 1 or more bytes."));
        ThrowIf(TimeProvider is null, nameof(TimeProvider), "The value is null. Use TimeProvider.System or the test's clock.");
        foreach (string? bucket in Buckets)
        {
            ThrowIf(bucket is null || !BucketNameRules.IsValid(bucket), nameof(Buckets), $"'{bucket}' is not a valid bucket name. {BucketNameRules.Remedy}");
        }

        try
        {
            S3Endpoint.Create("http://127.0.0.1", Region, UrlStyle.Path);
            return new S3Credentials(AccessKeyId, SecretAccessKey ?? RandomNumberGenerator.GetHexString(40, lowercase: true), SessionToken);
        }
        catch (ArgumentException e)
        {
            // The names of the parameters differ from those of the options only in the case of the first letter. The suffix with the parameter name is removed from the message.
            string option = e.ParamName is { Length: > 0 } parameter ? char.ToUpperInvariant(parameter[0]) + parameter[1..] : nameof(Region);
            string problem = e is ArgumentNullException ? "The value is null. Set it, or keep the default." : e.Message.Split(" (Parameter '")[0];
            throw new ArgumentException($"LocalS3Options.{option} is not valid. {problem}", option, e);
        }
    }

    private static void ThrowIf(bool isInvalid, string option, string problem)
    {
        if (isInvalid)
        {
            throw new ArgumentException($"LocalS3Options.{option} is not valid. {problem}", option);
        }
    }
}
