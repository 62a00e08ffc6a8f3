namespace PresignKit;

/// <summary>Finds the first difference between the canonical request signed here and that of a store, and its likely cause.</summary>
internal static class SignatureDiagnosis
{
    private const int MethodLine = 0, PathLine = 1, QueryLine = 2, FirstHeaderLine = 3;

    public static SignatureComparison Of(string canonicalRequest, string stringToSign, ErrorResponse store, bool ignoreInstant)
    {
        if (store.CanonicalRequest is not null)
        {
            string[] ours = canonicalRequest.Split('\n');
            string[] theirs = store.CanonicalRequest.Replace("\r", "").Trim('\n').Split('\n');
            if (ignoreInstant && theirs.Length > QueryLine)
            {
                ours[QueryLine] = QueryDiagnosis.WithInstantOf(ours[QueryLine], theirs[QueryLine]);
            }

            for (int i = 0; i < ours.Length || i < theirs.Length; i++)
            {
                if (i >= ours.Length || i >= theirs.Length || ours[i] != theirs[i])
                {
                    return Explain(ours, theirs, i);
                }
            }
        }

        return store.StringToSign is null || (ignoreInstant && store.CanonicalRequest is null) ? WithoutStringToSign(store)
            : ignoreInstant ? SameExceptInstant()
            : CompareStringsToSign(stringToSign, store.StringToSign.Replace("\r", "").Trim('\n'), store.CanonicalRequest is not null);
    }

    private static SignatureComparison WithoutStringToSign(ErrorResponse store) => store.CanonicalRequest is not null ? SameExceptInstant() : new SignatureComparison(
        SignatureDifference.Unknown,
        "The store's response does not contain the text that the store signed. Check that the client uses the signed host and method, sends every header in RequiredHeaders unchanged, and appends "
        + "nothing to the URL, and that the secret access key is correct. Ceph logs its canonical request if debug_rgw is 20.");

    private static SignatureComparison Same() => new(
        SignatureDifference.SecretKey,
        "The store signed the same text, so the secret access key differs from the store's key for this access key ID. Compare the two keys, and look for white space at either end or a key that was rotated.");

    private static SignatureComparison SameExceptInstant() => new(
        SignatureDifference.SecretKey,
        "The store signed the same text, except for the instant, which is not compared. Either the secret access key differs from the store's key for this access key ID, or X-Amz-Date was changed after "
        + "signing. Compare the two keys, or use SignatureExplanation.Of(method, url), which compares the instant as well.");

    private static SignatureComparison CompareStringsToSign(string stringToSign, string theirText, bool isSameRequest)
    {
        string[] ours = stringToSign.Split('\n');
        string[] theirs = theirText.Split('\n');
        for (int i = 0; i < ours.Length; i++)
        {
            string? their = i < theirs.Length ? theirs[i] : null;
            if (ours[i] != their)
            {
                string cause = i == ours.Length - 1 && !isSameRequest
                    ? "The canonical requests differ, and the store's response does not contain its own. Compare the host, method, signed headers and query with those that were sent."
                    : "The algorithm, the instant or the credential scope differs. Check that X-Amz-Date and X-Amz-Credential reach the store unchanged, and that the region is the store's.";
                return new SignatureComparison(SignatureDifference.StringToSign, cause, i + 1, ours[i], their);
            }
        }

        return Same();
    }

    private static SignatureComparison Explain(string[] ours, string[] theirs, int line)
    {
        string? our = line < ours.Length ? ours[line] : null;
        string? their = line < theirs.Length ? theirs[line] : null;
        (SignatureDifference difference, string cause) = line switch
        {
            MethodLine => (SignatureDifference.Method, $"The URL is signed for {our}, but the store received {(their is { Length: > 0 } ? Printable.Text(SecretMask.OfLine(their)) : "no method")}. Send the signed method, or presign an operation with the other one, because GET does not cover HEAD."),
            PathLine => OfPath(our!, their ?? ""),
            QueryLine => QueryDiagnosis.Explain(our!, their ?? ""),
            _ => OfRest(ours, theirs, line),
        };
        return new SignatureComparison(difference, cause, line + 1, our is null ? null : SecretMask.OfLine(our), their is null ? null : SecretMask.OfLine(their));
    }

    private static (SignatureDifference, string) OfPath(string our, string their)
    {
        if (UrlLocation.EncodedPath(their.AsSpan()) is { } path && UrlLocation.EncodedPath(our.AsSpan()) == path)
        {
            return (SignatureDifference.Encoding, "The paths are the same, but in a different encoding. Make sure that nothing between client and store (a proxy, a framework, System.Uri) decodes the path and encodes it again.");
        }

        if (UrlLocation.EncodedPath(their.Replace("%25", "%").AsSpan()) == our)
        {
            return (SignatureDifference.Encoding, "The path was encoded twice, so that each '%' became '%25'. Pass the URL to the client without encoding it again.");
        }

        return their.Length > 0 && (their.EndsWith(our, StringComparison.Ordinal) || our.EndsWith(their, StringComparison.Ordinal))
            ? (SignatureDifference.Path, "One path ends with the other: a proxy adds or removes a prefix, or only one side has the bucket in the path. Sign the path that the store receives (see UrlStyle and the endpoint's base path).")
            : (SignatureDifference.Path, "The store received a different path. Compare the bucket and the key, and check that the client does not change '//', '.', '..' or a leading '/'.");
    }

    private static (SignatureDifference, string) OfRest(string[] ours, string[] theirs, int line)
    {
        // The lines before this one are equal, so the headers end at the same line on both sides or later.
        if (line <= Array.IndexOf(ours, "", FirstHeaderLine))
        {
            return OfHeader(NameOf(ours[line]), line < theirs.Length ? NameOf(theirs[line]) : "");
        }

        return line == ours.Length - 1
            ? (SignatureDifference.Payload, "The payload line differs. Presigned URLs for S3 sign UNSIGNED-PAYLOAD, unless x-amz-content-sha256 is signed, whose value must then be the hash of the body.")
            : (SignatureDifference.SignedHeaders, "The lists of signed headers differ. Check that X-Amz-SignedHeaders reaches the store unchanged.");
    }

    private static (SignatureDifference, string) OfHeader(string our, string their) => (our, their) switch
    {
        ("host", "host") => (SignatureDifference.Host, "The store received a different host, because of a proxy, a CDN, a Docker host name or a missing port. Sign the host that the store receives (Endpoint), or configure the proxy to forward the Host header."),
        ("", "") => (SignatureDifference.SignedHeaders, "The store's canonical request ends before the list of signed headers. Compare the store's complete response."),
        _ when our == their => (SignatureDifference.HeaderValue, $"The header '{Printable.Text(our)}' was sent with a different value than the signed one. Send the exact value in RequiredHeaders."),
        _ when our.Length > 0 && (their.Length == 0 || string.CompareOrdinal(our, their) < 0) =>
            (SignatureDifference.MissingHeader, $"The header '{Printable.Text(our)}' is signed but was not sent. Send every header in RequiredHeaders."),
        _ => (SignatureDifference.SignedHeaders, $"The store signed the header '{Printable.Text(their)}', which is not signed here. Sign it, or do not send it."),
    };

    private static string NameOf(string line)
    {
        int colon = line.IndexOf(':');
        return colon < 0 ? "" : line[..colon];
    }
}
