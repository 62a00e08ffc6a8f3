namespace PresignKit;

/// <summary>Error messages for malformed or incomplete URLs.</summary>
/// <remarks>The messages contain neither a signature nor a session token.</remarks>
internal static class UrlProblem
{
    public const string Malformed = "X-Amz-Credential, X-Amz-Date, X-Amz-Expires or another parameter of the URL is malformed, so the URL was changed. Pass the URL as it was created.";

    private const int SignatureDigits = 64;

    private static readonly string[] SigV4Names = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature"];
    private static readonly string[] SigV2Names = ["AWSAccessKeyId", "Expires", "Signature"];

    /// <summary>Describes what is wrong with a URL and how to fix it, or returns <c>null</c> if the URL is well-formed.</summary>
    public static string? Find(string url) => FindDamage(url) ?? FindFlaw(url);

    /// <summary>Describes how a URL was damaged when it was copied, or returns <c>null</c> if no damage was found.</summary>
    public static string? FindDamage(string url)
    {
        _ = PastedUrl.Repair(url, out string? damage);
        return damage;
    }

    /// <summary>Describes the problem with a signature that does not consist of 64 lowercase hexadecimal digits, or returns <c>null</c> if the signature is well-formed.</summary>
    public static string? FindInSignature(string url)
    {
        using Parameters parameters = new(url);
        return parameters.FindSignatureFlaw() is null ? null : Find(url);
    }

    /// <summary>Describes a flaw that cannot be repaired, or returns <c>null</c> if no flaw was found.</summary>
    public static string? FindFlaw(string url)
    {
        if (url.Length > UrlParts.MaxLength)
        {
            return FormattableString.Invariant($"The URL has {url.Length} characters, but at most {UrlParts.MaxLength} are read. Pass a single URL.");
        }

        if (!url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return "The URL does not start with 'https://' or 'http://'. Pass the complete URL.";
        }

        if (!UrlParts.TrySplit(url, out UrlParts parts))
        {
            return "The host of the URL is not valid, or the URL contains a user name. Pass the URL as it was created.";
        }

        foreach (char c in url)
        {
            if (c is <= ' ' or (char)0x7F)
            {
                return $"The URL contains {(c == ' ' ? "a space" : FormattableString.Invariant($"the character U+{(int)c:X4}"))}, which is not valid in a URL. Pass the original URL, in which {(c == ' ' ? "spaces are" : "such characters are")} percent-encoded.";
            }
        }

        using Parameters parameters = new(url);
        return !parameters.IsRead || UrlLocation.EncodedPath(parts.Path) is null
            ? "The URL contains a '%' without two hexadecimal digits, or half of a UTF-16 pair, so it was truncated or changed. Pass the URL as it was created."
            : parameters.FindMissing() ?? parameters.FindSignatureFlaw();
    }

    /// <summary>Determines whether a value has the form of a SigV4 signature: 64 lowercase hexadecimal digits.</summary>
    public static bool IsSignature(ReadOnlySpan<byte> value)
    {
        foreach (byte digit in value)
        {
            if (digit is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f')))
            {
                return false;
            }
        }

        return value.Length == SignatureDigits;
    }

    private ref struct Parameters
    {
        private ReceivedQuery _query;

        public Parameters(string url) => IsRead = UrlParts.TrySplit(url, out UrlParts parts) && ReceivedQuery.TryRead(parts.Query, out _query);

        public bool IsRead { get; }

        public readonly string? FindMissing()
        {
            string[] sigV4 = Missing(SigV4Names);
            string[] sigV2 = Missing(SigV2Names);
            bool isSigV4 = sigV4.Length < SigV4Names.Length;
            string[] missing = isSigV4 ? sigV4 : sigV2;
            return missing.Length == 0 ? null
                : !isSigV4 && sigV2.Length >= SigV2Names.Length - 1 ? "The URL does not contain a signature. Pass the presigned URL with its complete query."
                : $"The URL lacks {Printable.List(missing)}, so it was truncated or changed. Copy the whole URL again, and enclose it in quotation marks if you use it in a shell.";
        }

        public readonly string? FindSignatureFlaw()
        {
            int signature = IsRead && IsHmac ? _query.IndexOf("X-Amz-Signature"u8) : -1;
            if (signature < 0)
            {
                return null;
            }

            ReadOnlySpan<byte> digits = _query.Value(signature);
            int length = digits.Length;
            return length < SignatureDigits ? FormattableString.Invariant($"X-Amz-Signature has {length} characters, but a SigV4 signature has 64 hexadecimal digits, so the URL was truncated. Copy the whole URL again.")
                : length > SignatureDigits ? FormattableString.Invariant($"X-Amz-Signature has {length} characters, but a SigV4 signature has 64 hexadecimal digits, so text was added to the URL. Remove the text after the signature.")
                : IsSignature(digits) ? null
                : "X-Amz-Signature contains characters other than lowercase hexadecimal digits, so the URL was changed. Copy the URL again.";
        }

        public void Dispose() => _query.Dispose();

        private readonly bool IsHmac => _query.IndexOf("X-Amz-Algorithm"u8) is >= 0 and int algorithm && _query.Value(algorithm).SequenceEqual("AWS4-HMAC-SHA256"u8);

        private readonly string[] Missing(string[] names)
        {
            List<string> missing = [];
            foreach (string name in names)
            {
                if (_query.IndexOf(System.Text.Encoding.ASCII.GetBytes(name)) < 0)
                {
                    missing.Add(name);
                }
            }

            return [.. missing];
        }
    }
}
