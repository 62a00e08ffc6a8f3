using System.Globalization;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Reading;

/// <summary>Whether a store would accept a URL now, as far as the URL and the check of its signature show.</summary>
/// <param name="Status">The name of the verdict in JSON.</param>
/// <param name="Text">The verdict for people.</param>
internal sealed record UrlVerdict(string Status, string Text)
{
    // AWS and most stores reject a URL that was signed further in the future.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan UsualMaximum = TimeSpan.FromDays(7);

    /// <summary>Gets a value that indicates whether there is no known reason for a store to reject the URL. The signature may not have been checked.</summary>
    public bool IsValid => Status is "valid" or "unverified";

    /// <summary>Returns the verdict. If a URL is not valid for several reasons, the verdict states the most important one.</summary>
    /// <param name="info">The content of the URL.</param>
    /// <param name="flaw">A flaw in the form of the URL, or <c>null</c>.</param>
    /// <param name="provider">The provider, or <c>null</c> if it is not known.</param>
    /// <param name="check">The check of the signature.</param>
    /// <param name="now">The current instant.</param>
    public static UrlVerdict Of(PresignedUrlInfo info, string? flaw, S3Provider? provider, SignatureCheck check, DateTimeOffset now)
    {
        TimeSpan max = provider?.MaxExpiresIn ?? UsualMaximum;
        return flaw is not null ? new UrlVerdict("malformed", $"not valid: {flaw}")
            : info.ExpiresIn < TimeSpan.FromSeconds(1) || info.ExpiresIn > max ? new UrlVerdict(
                "expiryOutOfRange",
                string.Create(CultureInfo.InvariantCulture, $"not valid: X-Amz-Expires is {info.ExpiresIn.Value.TotalSeconds:0}, but stores accept from 1 to {max.TotalSeconds:0} seconds"))
            : info.IsExpired(now) ? new UrlVerdict("expired", $"expired {Shown.Duration(now - info.ExpiresAt)} ago")
            : info.SignedAt > now + ClockSkew ? new UrlVerdict("notYetValid", $"not valid yet: signed {Shown.Duration(info.SignedAt.Value - now)} in the future, or this machine's clock is wrong")
            : check.State == SignatureState.Rejected ? new UrlVerdict("rejected", "not valid: " + check.Reason)
            : check.State == SignatureState.Wrong ? new UrlVerdict("wrongSignature", "not valid: the signature is wrong")
            : check is { IsCorrect: true, Reason: not null } ? new UrlVerdict("expiredCredentials", "not valid: " + check.Reason)
            : check.IsCorrect ? new UrlVerdict("valid", $"valid for {Shown.Duration(info.Remaining(now))} more")
            : new UrlVerdict("unverified", $"not expired, valid for {Shown.Duration(info.Remaining(now))} more if the signature is correct");
    }
}
