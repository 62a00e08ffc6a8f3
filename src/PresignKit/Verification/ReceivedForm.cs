namespace PresignKit;

/// <summary>A signed POST form as a server receives it.</summary>
internal sealed class ReceivedForm
{
    /// <summary>The maximum length of all fields that precede the file, in bytes.</summary>
    /// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html">POST Object</see>.</remarks>
    public const int MaxBytes = 20 * 1024;

    // The fields that every signed form must contain, as AWS names them in its errors.
    private static readonly string[] RequiredFields = ["key", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Signature"];

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    private string _key = "";
    private string _region = "";
    private string _service = "";
    private DateTime _scopeDate;
    private DateTime _signedAt;

    private ReceivedForm()
    {
    }

    /// <summary>Gets the access key ID, which might be unknown.</summary>
    public string AccessKeyId { get; private set; } = "";

    /// <summary>Parses a form without reading its policy.</summary>
    /// <remarks>If there is a rejection, the form is incomplete.</remarks>
    /// <param name="fields">The fields that precede the file.</param>
    /// <param name="fileName">The name of the file, or <c>null</c> if it does not have one.</param>
    /// <param name="rejection">The reason for the rejection, or <c>null</c> if the form was parsed.</param>
    public static ReceivedForm Parse(IEnumerable<KeyValuePair<string, string>> fields, string? fileName, out PresignedPostVerificationResult? rejection)
    {
        ReceivedForm form = new();
        rejection = form.Add(fields) ?? form.FindMissing() ?? form.ReadCredential() ?? form.ReadKey(fileName);
        return form;
    }

    /// <summary>Performs the checks that do not require credentials.</summary>
    /// <remarks>If a form fails these checks, its credentials are not looked up.</remarks>
    /// <returns>The reason for the rejection, or <c>null</c> if the checks succeeded.</returns>
    public PresignedPostVerificationResult? CheckScopeAndTime(VerificationRules rules, DateTimeOffset now) =>
        _service != rules.Service || (rules.Region is not null && _region != rules.Region) || _scopeDate != _signedAt.Date
            ? Reject(PresignedPostVerificationStatus.WrongScope, "x-amz-credential")
        : _signedAt - now.UtcDateTime > rules.ClockSkew
            ? Reject(PresignedPostVerificationStatus.NotYetValid, "x-amz-date")
        : null;

    /// <summary>Checks the session token and the signature and, only if both are correct, the policy.</summary>
    public PresignedPostVerificationResult Decide(S3Credentials? credentials, string bucket, SigningKeyCache keys, DateTimeOffset now)
    {
        if (CheckSignature(credentials, keys, now) is { } rejection)
        {
            return rejection;
        }

        if (ReceivedPolicy.Parse(_fields["policy"], out string? problem) is not { } policy)
        {
            return Reject(PresignedPostVerificationStatus.MalformedPolicy, "policy", problem: problem);
        }

        return policy.ExpiresAt <= now ? Reject(PresignedPostVerificationStatus.Expired, policy: policy) : Decide(policy, bucket);
    }

    private PresignedPostVerificationResult? Add(IEnumerable<KeyValuePair<string, string>> fields)
    {
        int length = 0;
        foreach (KeyValuePair<string, string> field in fields)
        {
            if (field.Key is not { Length: > 0 } || field.Value is null)
            {
                return Malformed(field.Key, "A field does not have a name or a value.");
            }

            // The lengths in characters are checked first, because they do not take time to determine.
            if (field.Key.Length > MaxBytes - length || field.Value.Length > MaxBytes - length)
            {
                return TooLong();
            }

            int nameLength = Utf8.CountBytes(field.Key.AsSpan());
            int valueLength = Utf8.CountBytes(field.Value.AsSpan());
            if (nameLength < 0 || valueLength < 0)
            {
                return Malformed(field.Key, "A field contains a lone surrogate, which cannot be encoded as UTF-8.");
            }

            length += nameLength + valueLength;
            if (length > MaxBytes)
            {
                return TooLong();
            }

            if (_fields.ContainsKey(field.Key))
            {
                if (!PostFieldRules.IsIgnored(field.Key))
                {
                    return Reject(PresignedPostVerificationStatus.DuplicateField, field.Key);
                }
            }
            else
            {
                _fields.Add(field.Key, field.Value);
            }
        }

        return null;
    }

    private PresignedPostVerificationResult? FindMissing()
    {
        if (!_fields.ContainsKey("policy"))
        {
            return Reject(PresignedPostVerificationStatus.NotSigned, "policy");
        }

        if (_fields.TryGetValue("x-amz-algorithm", out string? algorithm))
        {
            if (algorithm != StringToSign.Algorithm)
            {
                return Reject(PresignedPostVerificationStatus.UnsupportedAlgorithm, "x-amz-algorithm");
            }
        }
        else if (_fields.ContainsKey("AWSAccessKeyId") || _fields.ContainsKey("signature"))
        {
            return Reject(PresignedPostVerificationStatus.UnsupportedAlgorithm, _fields.ContainsKey("signature") ? "signature" : "AWSAccessKeyId");
        }

        return Array.Find(RequiredFields, name => !_fields.ContainsKey(name)) is { } missing ? Reject(PresignedPostVerificationStatus.MissingField, missing) : null;
    }

    // Splits access-key-id/yyyyMMdd/region/service/aws4_request from the end because an access key ID may contain slashes.
    private PresignedPostVerificationResult? ReadCredential()
    {
        ReadOnlySpan<char> id = _fields["x-amz-credential"].AsSpan();
        if (!TryCutLast(ref id, out ReadOnlySpan<char> terminator) || !terminator.SequenceEqual(CredentialScope.Terminator.AsSpan())
            || !TryCutLast(ref id, out ReadOnlySpan<char> service) || service.IsEmpty
            || !TryCutLast(ref id, out ReadOnlySpan<char> region) || region.IsEmpty
            || !TryCutLast(ref id, out ReadOnlySpan<char> date) || !SigV4Parameters.TryReadDate(Ascii(date, stackalloc byte[8]), out _scopeDate)
            || id.IsEmpty)
        {
            return Malformed("x-amz-credential", "The credential is not in the format access-key-id/yyyyMMdd/region/s3/aws4_request.");
        }

        if (!SigV4Parameters.TryReadTime(Ascii(_fields["x-amz-date"].AsSpan(), stackalloc byte[16]), out _signedAt))
        {
            return Malformed("x-amz-date", "The signing time is not in the format yyyyMMddTHHmmssZ.");
        }

        (AccessKeyId, _region, _service) = (id.ToString(), region.ToString(), service.ToString());
        return null;
    }

    private PresignedPostVerificationResult? ReadKey(string? fileName)
    {
        _key = _fields["key"];
        if (_key.Contains(PostKey.FileName))
        {
            // Some clients send a path. The text after the last slash or backslash is the name: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
            string name = fileName is null ? "" : fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
            if (name.Length == 0)
            {
                return Reject(PresignedPostVerificationStatus.MissingField, "file");
            }

            // The name is checked before it is inserted, because the key can contain the placeholder many times.
            if (name.Length > ObjectKey.MaxBytes || Utf8.CountBytes(name.AsSpan()) is < 0 or > ObjectKey.MaxBytes)
            {
                return Malformed("file", "The name of the file is too long for a key, or it contains a lone surrogate.");
            }

            _key = _key.Replace(PostKey.FileName, name);
        }

        return _key.Length == 0 ? Malformed("key", "The key is empty.")
            : ObjectKey.FindProblemInStore(_key) is { } problem ? Malformed("key", problem)
            : null;
    }

    private PresignedPostVerificationResult? CheckSignature(S3Credentials? credentials, SigningKeyCache keys, DateTimeOffset now) =>
        credentials is null ? Reject(PresignedPostVerificationStatus.UnknownAccessKey, "x-amz-credential")
        : !HasTokenOf(credentials) ? Reject(PresignedPostVerificationStatus.WrongSessionToken, "x-amz-security-token")
        : !keys.IsSigned(credentials, _region, _signedAt, this, static (form, key) => form.IsSignedWith(key))
            ? Reject(PresignedPostVerificationStatus.SignatureMismatch, "x-amz-signature")
        : credentials.ExpiresAt is { } end && end <= now ? Reject(PresignedPostVerificationStatus.ExpiredCredentials)
        : null;

    private bool HasTokenOf(S3Credentials credentials)
    {
        if (!_fields.TryGetValue("x-amz-security-token", out string? token) || credentials.SessionToken is null)
        {
            return token is null && credentials.SessionToken is null;
        }

        ByteBuffer expected = new(token.Length);
        ByteBuffer received = new(token.Length);
        try
        {
            expected.Append(credentials.SessionToken.AsSpan());
            received.Append(token.AsSpan());
            return Platform.FixedTimeEquals(expected.Written, received.Written);
        }
        finally
        {
            expected.Dispose();
            received.Dispose();
        }
    }

    private bool IsSignedWith(SigningKey key)
    {
        Span<byte> expected = stackalloc byte[SigningKey.SignatureSize];
        Span<byte> received = stackalloc byte[SigningKey.SignatureSize];

        // The base64-encoded policy, exactly as it was received, is the string to sign.
        string text = _fields["policy"];
        ByteBuffer policy = new(text.Length);
        try
        {
            policy.Append(text.AsSpan());
            key.SignText(policy.Written, expected);
        }
        finally
        {
            policy.Dispose();
        }

        return HexSignature.TryRead(Ascii(_fields["x-amz-signature"].AsSpan(), stackalloc byte[2 * SigningKey.SignatureSize]), received)
            && Platform.FixedTimeEquals(expected, received);
    }

    private PresignedPostVerificationResult Decide(ReceivedPolicy policy, string bucket)
    {
        HashSet<string> covered = new(StringComparer.OrdinalIgnoreCase);
        ContentLengthRange? size = null;
        foreach (PolicyCondition condition in policy.Conditions)
        {
            bool isSatisfied = condition.Field is null ? condition.TryNarrow(ref size) : condition.IsSatisfiedBy(ValueOf(condition.Field, bucket));
            if (!isSatisfied)
            {
                return Reject(PresignedPostVerificationStatus.ConditionFailed, condition.Field, policy, condition: condition.ToString());
            }

            if (condition.Field is not null)
            {
                covered.Add(condition.Field);
            }
        }

        // AWS also requires a condition for the bucket, although forms do not contain a field for it ("Extra input fields: bucket").
        return _fields.Keys.Append("bucket").FirstOrDefault(name => !covered.Contains(name) && !IsExempt(name)) is { } field
            ? Reject(PresignedPostVerificationStatus.FieldNotInPolicy, field, policy)
            : new PresignedPostVerificationResult(PresignedPostVerificationStatus.Valid)
            {
                Key = _key,
                ContentLength = size,
                AccessKeyId = AccessKeyId,
                ExpiresAt = policy.ExpiresAt,
            };
    }

    // A form that contains a bucket field must contain the bucket to which it was sent, because the application could read either of them.
    private string? ValueOf(string field, string bucket)
    {
        string? value = _fields.TryGetValue(field, out string? sent) ? sent : null;
        return field.Equals("key", StringComparison.OrdinalIgnoreCase) ? _key
            : field.Equals("bucket", StringComparison.OrdinalIgnoreCase) ? value is null || value == bucket ? bucket : null
            : value;
    }

    private static bool IsExempt(string name) => PostFieldRules.IsIgnored(name)
        || name.Equals("policy", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-amz-signature", StringComparison.OrdinalIgnoreCase)
        || name.Equals("file", StringComparison.OrdinalIgnoreCase);

    // Returns an empty span if the text is not ASCII or does not have the length of the buffer.
    private static ReadOnlySpan<byte> Ascii(ReadOnlySpan<char> text, Span<byte> buffer) =>
        text.Length == buffer.Length && Platform.CopyAscii(text, buffer) == text.Length ? buffer : default;

    private static bool TryCutLast(scoped ref ReadOnlySpan<char> text, out ReadOnlySpan<char> last)
    {
        int slash = text.LastIndexOf('/');
        last = text[(slash + 1)..];
        text = text[..Math.Max(slash, 0)];
        return slash >= 0;
    }

    private PresignedPostVerificationResult TooLong() => Malformed(
        field: null, FormattableString.Invariant($"The fields before the file have more than {MaxBytes} bytes, the maximum on AWS."));

    private PresignedPostVerificationResult Malformed(string? field, string problem) => Reject(PresignedPostVerificationStatus.Malformed, field, problem: problem);

    private PresignedPostVerificationResult Reject(
        PresignedPostVerificationStatus status, string? field = null, ReceivedPolicy? policy = null, string? condition = null, string? problem = null) => new(status, field)
        {
            AccessKeyId = AccessKeyId.Length > 0 ? AccessKeyId : null,
            ExpiresAt = policy?.ExpiresAt,
            Condition = condition,
            Problem = problem,
        };
}
