namespace PresignKit.LiveTests.Strictness;

/// <summary>One row of the table: a request, the response of AWS, and how the stores differ from it.</summary>
/// <param name="Rule">What is sent, in words.</param>
/// <param name="Expected">
/// The response of AWS: a status with an error code (<c>403 AccessDenied</c>), a status if the code is not known or there is none (<c>403</c>), or <c>4xx</c> if it is only known that
/// AWS rejects the request.
/// </param>
/// <param name="Source">Where the expectation comes from: see <see cref="Sources"/>.</param>
/// <param name="Send">Sends the request.</param>
internal sealed record StrictnessRow(string Rule, string Expected, string Source, Func<Attempt, Task<Observed>> Send)
{
    /// <summary>Gets what Ceph RGW returns instead, and the reason.</summary>
    public (string Observed, string Reason)? Rgw { get; init; }

    /// <summary>Gets what Swift returns instead, and the reason.</summary>
    public (string Observed, string Reason)? Swift { get; init; }

    /// <summary>Gets what LocalS3 returns instead, and the reason.</summary>
    public (string Observed, string Reason)? LocalS3 { get; init; }

    /// <summary>Gets a value that indicates whether the expectation is a conclusion from the rule, not a response that was recorded or is documented.</summary>
    public bool IsInferred => Source.StartsWith(Sources.Inferred, StringComparison.Ordinal);

    /// <summary>Returns the listed difference from AWS, or <c>null</c> if the store must respond as AWS does.</summary>
    public (string Observed, string Reason)? DifferenceOf(Via via) => via switch
    {
        Via.Rgw => Rgw,
        Via.Swift => Swift,
        Via.LocalS3 => LocalS3,
        _ => null,
    };

    /// <summary>Returns whether a response matches a description. <c>4xx</c> matches any client error, and a status without a code matches any code unless the status is 2xx.</summary>
    public static bool Matches(string described, Observed observed) => described switch
    {
        "4xx" => observed.Status is >= 400 and < 500,
        _ when described.Contains(' ', StringComparison.Ordinal) || described[0] is '2' => described == observed.ToString(),
        _ => described == observed.Status.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}

/// <summary>The sources of the expectations.</summary>
internal static class Sources
{
    public const string Recorded = "recorded from AWS (aws_recorded_errors.json)";
    public const string Query = "AWS, \"Authenticating Requests: Using Query Parameters (AWS Signature Version 4)\"";
    public const string Canonical = "AWS, \"Create a signed AWS API request\"";
    public const string Errors = "AWS, \"Error responses\" (Amazon S3 API Reference)";
    public const string Policy = "AWS, \"Creating a POST policy\"";
    public const string Form = "AWS, \"POST Object\"";
    public const string Rfc9110 = "RFC 9110";
    public const string Rfc9112 = "RFC 9112";

    /// <summary>The start of a source that is a conclusion: the rule is documented, but not the status or the code.</summary>
    public const string Inferred = "inferred from ";
}
