namespace PresignKit;

/// <summary>Finds the first difference between what was signed and what a store computed, and the likely cause of the difference.</summary>
internal static class SignatureDiagnosis
{
    private const int MethodLine = 0, PathLine = 1, QueryLine = 2, FirstHeaderLine = 3;

    /// <summary>Returns the first line that differs, or <c>null</c> if no line differs or if the response does not contain the store's computed values.</summary>
    /// <param name="canonicalRequest">The canonical request that was signed.</param>
    /// <param name="stringToSign">The string to sign for the same request.</param>
    /// <param name="store">The store's error response.</param>
    /// <param name="ignoreInstant"><c>true</c> to ignore the signing times, which are known to differ.</param>
    public static SignatureComparison? FindDifference(string canonicalRequest, string stringToSign, ErrorResponse store, bool ignoreInstant)
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
                    return Explain(ours, theirs, i, store.ProxyHeader);
                }
            }
        }

        return store.StringToSign is null || ignoreInstant
            ? null
            : CompareStringsToSign(stringToSign, store.StringToSign.Replace("\r", "").Trim('\n'), store.CanonicalRequest is not null);
    }

    public static (SignatureDifference, string) OfMethod(string our, string their, Observer observer) => (
        SignatureDifference.Method,
        $"The URL is signed for {our}, but {char.ToLowerInvariant(observer.Got[0])}{observer.Got[1..]} {(their.Length > 0 ? Printable.Text(SecretMask.OfLine(their)) : "no method")}. "
        + "Send the signed method, or presign an operation for the method that was sent. GET does not cover HEAD.");

    /// <summary>Explains the difference between two paths.</summary>
    public static (SignatureDifference, string) OfPath(string our, string their, Observer observer)
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
            : (SignatureDifference.Path, observer.Got + " a different path. Compare the bucket and the key, and check that the client does not change '//', '.', '..' or a leading '/'.");
    }

    public static (SignatureDifference, string) OfHost(Observer observer) => (
        SignatureDifference.Host,
        observer.Got + " a different host, because of a proxy, a CDN, a Docker host name or a missing port. Sign the host that the store receives (Endpoint), or configure the proxy to forward the Host header.");

    private static SignatureComparison? CompareStringsToSign(string stringToSign, string theirText, bool isSameRequest)
    {
        string[] ours = stringToSign.Split('\n');
        string[] theirs = theirText.Split('\n');
        for (int i = 0; i < ours.Length; i++)
        {
            string? their = i < theirs.Length ? theirs[i] : null;
            if (ours[i] != their)
            {
                string cause = i == ours.Length - 1 && !isSameRequest
                    ? "The canonical requests differ, but the response does not contain the store's canonical request. Compare the host, method, signed headers and query with those that were sent."
                    : "The algorithm, the instant or the credential scope differs. Check that X-Amz-Date and X-Amz-Credential reach the store unchanged, and that the region is the store's.";
                return new SignatureComparison(SignatureDifference.StringToSign, cause, i + 1, ours[i], their);
            }
        }

        return null;
    }

    private static SignatureComparison Explain(string[] ours, string[] theirs, int line, string? proxyHeader)
    {
        string? our = line < ours.Length ? ours[line] : null;
        string? their = line < theirs.Length ? theirs[line] : null;
        (SignatureDifference difference, string cause) = line switch
        {
            MethodLine => OfMethod(our!, their ?? "", Observer.Store),
            PathLine => OfPath(our!, their ?? "", Observer.Store),
            QueryLine => QueryDiagnosis.Explain(our!, their ?? "", Observer.Store),
            _ => OfRest(ours, theirs, line, proxyHeader),
        };
        return new SignatureComparison(difference, cause, line + 1, our is null ? null : SecretMask.OfLine(our), their is null ? null : SecretMask.OfLine(their));
    }

    private static (SignatureDifference, string) OfRest(string[] ours, string[] theirs, int line, string? proxyHeader)
    {
        // All earlier lines are equal, so if the signed headers do not end before this line, the store's headers do not either.
        if (line <= Array.IndexOf(ours, "", FirstHeaderLine))
        {
            return OfHeader(ours[line], line < theirs.Length ? theirs[line] : "", proxyHeader);
        }

        return line == ours.Length - 1
            ? (SignatureDifference.Payload, "The payload line differs. Presigned URLs for S3 sign UNSIGNED-PAYLOAD, unless x-amz-content-sha256 is signed, whose value must then be the hash of the body.")
            : (SignatureDifference.SignedHeaders, "The lists of signed headers differ. Check that X-Amz-SignedHeaders reaches the store unchanged.");
    }

    private static (SignatureDifference, string) OfHeader(string ours, string theirs, string? proxyHeader)
    {
        (string our, string their) = (NameOf(ours), NameOf(theirs));
        return our == "host" && their == "host"
            ? OfHost(Observer.Store)
            : our.Length == 0 && their.Length == 0
            ? (SignatureDifference.SignedHeaders, "The store's canonical request ends before the list of signed headers. Compare the store's complete response.")
            : our == their
            ? (SignatureDifference.HeaderValue, HeaderDiagnosis.Changed(our, ours[(our.Length + 1)..], theirs[(our.Length + 1)..], Observer.Store, proxyHeader))
            : our.Length > 0 && (their.Length == 0 || string.CompareOrdinal(our, their) < 0)
            ? (SignatureDifference.MissingHeader, HeaderDiagnosis.Missing(our, Observer.Store, proxyHeader))
            : (SignatureDifference.SignedHeaders, $"The store signed the header '{Printable.Text(their)}', which is not signed here. Sign it, or do not send it.");
    }

    private static string NameOf(string line)
    {
        int colon = line.IndexOf(':');
        return colon < 0 ? "" : line[..colon];
    }
}
