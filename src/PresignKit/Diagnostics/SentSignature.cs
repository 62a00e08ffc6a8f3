namespace PresignKit;

/// <summary>Uses the signature in a sent URL to determine whether the URL was changed after signing.</summary>
/// <remarks>If a store rejects the signature even though both sides compute the same canonical request, either the URL was changed before it was sent,
/// or the keys differ.</remarks>
internal sealed class SentSignature
{
    private const int MaxRemoved = 16;

    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];

    // The canonical request, split into four parts: the method, the path, the query, and everything from the first header line to the end.
    private readonly string[] _parts;
    private readonly byte[]? _signature;
    private readonly List<string> _namesAfter;
    private readonly string _accessKeyId;
    private readonly CredentialScope _scope;
    private readonly DateTime _signedAt;

    public SentSignature(ReceivedRequest request, string canonicalRequest)
    {
        _parts = canonicalRequest.Split(['\n'], 4);
        _signature = request.ReadSignature();
        _namesAfter = request.NamesAfterSignature();
        _accessKeyId = request.Url.AccessKeyId;
        _signedAt = request.Url.SignedAtUtc;
        _scope = new CredentialScope(_signedAt, request.Url.Region!, request.Url.Service!);
    }

    private string Method => _parts[0];

    private string Query => _parts[2];

    /// <summary>Returns why credentials cannot show a change of this URL, or <c>null</c> if they belong to the access key that signed it.</summary>
    public string? FindReasonNotToUse(S3Credentials credentials) => credentials.AccessKeyId == _accessKeyId ? null
        : $"The credentials for '{credentials.AccessKeyId}' were not used, because the URL is signed with the access key '{Printable.Text(_accessKeyId)}'.";

    /// <summary>Finds a fault that is visible in the URL itself, or returns <c>null</c> if there is none.</summary>
    public SignatureComparison? FindVisibleFault()
    {
        if (_signature is null)
        {
            return new SignatureComparison(
                SignatureDifference.ParameterValue,
                "The value of X-Amz-Signature does not have 64 lowercase hexadecimal digits. Pass on the whole URL. A log or a link may have truncated it.");
        }

        // Some signers include the signature when they sort the parameters. In that case, the position of the signature does not show which parameters were appended.
        if (_namesAfter.Count > 0 && !_namesAfter.Contains("X-Amz-SignedHeaders"))
        {
            return new SignatureComparison(
                SignatureDifference.AppendedParameter,
                $"The {QueryDiagnosis.List(_namesAfter)} after X-Amz-Signature {(_namesAfter.Count == 1 ? "was" : "were")} probably appended after signing. {QueryDiagnosis.AppendRemedy}");
        }

        return FindMissingHeader();
    }

    /// <summary>Searches for the request that the signature matches and describes how it was changed after signing.</summary>
    /// <param name="credentials">The credentials of the access key that signed the URL.</param>
    /// <returns>The change, or <c>null</c> if the signature matches the request that was sent.</returns>
    public SignatureComparison? FindChange(S3Credentials credentials)
    {
        if (_signature is null)
        {
            return FindVisibleFault();
        }

        SigningKey key = SigningKey.Derive(credentials.SecretAccessKey, _scope);
        try
        {
            return IsSigned(key, Method, Query) ? null : FindOtherRequest(key) ?? FindMissingHeader() ?? new SignatureComparison(
                SignatureDifference.Unknown,
                $"The signature does not match these credentials, neither for {Method} nor for any other common method. Either the URL was signed with a different secret access key, or its host, its path, a parameter "
                + "or a signed header was changed after signing, so compare it with the URL as it was created.");
        }
        finally
        {
            key.Retire();
        }
    }

    private SignatureComparison? FindOtherRequest(SigningKey key)
    {
        foreach (int removed in Enumerable.Range(0, Math.Min(_namesAfter.Count, MaxRemoved) + 1).Append(_namesAfter.Count).Distinct())
        {
            List<string> names = _namesAfter.GetRange(_namesAfter.Count - removed, removed);
            string query = Without(names);
            string? method = new[] { Method }.Concat(Methods).FirstOrDefault(one => IsSigned(key, one, query));
            if (method is not null)
            {
                return Changed(method, names);
            }
        }

        return null;
    }

    private SignatureComparison Changed(string method, List<string> appended)
    {
        string methods = $"The signature is the one for {method}, but the request was sent as {Method}";
        string append = $"the {QueryDiagnosis.List(appended)}, which {(appended.Count == 1 ? "was" : "were")} appended after signing";
        return appended.Count == 0
            ? new SignatureComparison(SignatureDifference.Method, methods + ". Send the signed method, or presign an operation for the method that was sent. GET does not cover HEAD.")
            : new SignatureComparison(
                SignatureDifference.AppendedParameter,
                (method == Method ? "The signature is correct without " : $"{methods}, and it is correct without ") + $"{append}. {QueryDiagnosis.AppendRemedy}");
    }

    private bool IsSigned(SigningKey key, string method, string query)
    {
        Span<byte> expected = stackalloc byte[SigningKey.SignatureSize];
        ByteBuffer text = new(2048);
        try
        {
            text.Append($"{method}\n{_parts[1]}\n{query}\n{_parts[3]}".AsSpan());
            key.SignCanonicalRequest(ref text, 0, _signedAt, expected);
            return Platform.FixedTimeEquals(expected, _signature);
        }
        finally
        {
            text.Dispose();
        }
    }

    private string Without(List<string> names)
    {
        HashSet<string> removed = new(names, StringComparer.Ordinal);
        return removed.Count == 0 ? Query : string.Join("&", Query.Split('&').Where(parameter => !removed.Contains(parameter.Split('=')[0])));
    }

    private SignatureComparison? FindMissingHeader()
    {
        string[] lines = _parts[3].Split('\n');
        int end = Array.IndexOf(lines, "");
        HashSet<string> sent = new(lines.Take(end).Select(line => line.Split(':')[0]), StringComparer.Ordinal);

        // A locked header is listed as signed but must not be sent.
        string? missing = lines[end + 1].Split(';').FirstOrDefault(name => !sent.Contains(name) && !RequestBuilder.IsLocked(name));
        return missing is null ? null : new SignatureComparison(SignatureDifference.MissingHeader, HeaderDiagnosis.Missing(missing, Observer.Client, proxyHeader: null));
    }
}
