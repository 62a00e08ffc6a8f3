namespace PresignKit;

/// <summary>Finds where our canonical request and a store's part, and says why that is likely so.</summary>
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
            : ignoreInstant ? SameButForTheInstant()
            : CompareStringsToSign(stringToSign, store.StringToSign.Replace("\r", "").Trim('\n'), store.CanonicalRequest is not null);
    }

    private static SignatureComparison WithoutStringToSign(ErrorResponse store) => store.CanonicalRequest is not null ? SameButForTheInstant() : new SignatureComparison(
        SignatureDifference.Unknown,
        "The store's answer does not hold what it signed. Compare by hand: is the host the one that the client used, are all signed headers sent as they are, is the method the signed one, "
        + "was nothing appended, is the secret access key right? (Ceph's gateway writes its canonical request to its log at debug_rgw = 20.)");

    private static SignatureComparison SameEverywhere() => new(
        SignatureDifference.SecretKey,
        "The store has signed the same text: the secret access key is another than the store's for this access key id. Compare the two (white space at an end, a key that was replaced).");

    private static SignatureComparison SameButForTheInstant() => new(
        SignatureDifference.SecretKey,
        "The store has signed the same text, but for the instant, which is not compared: the secret access key is another than the store's for this access key id, or X-Amz-Date was changed after signing. "
        + "Compare the keys; and SignatureExplanation.Of(method, url) compares the instant of the URL itself.");

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
                    ? "The canonical requests differ, and the store's answer does not hold its own. Compare host, method, signed headers and query with what was sent."
                    : "Algorithm, instant or credential scope differ: the store has read another X-Amz-Date or X-Amz-Credential, or signs for another region.";
                return new SignatureComparison(SignatureDifference.StringToSign, cause, i + 1, ours[i], their);
            }
        }

        return SameEverywhere();
    }

    private static SignatureComparison Explain(string[] ours, string[] theirs, int line)
    {
        string? our = line < ours.Length ? ours[line] : null;
        string? their = line < theirs.Length ? theirs[line] : null;
        (SignatureDifference difference, string cause) = line switch
        {
            MethodLine => (SignatureDifference.Method, $"The URL is signed for {our}, and the store received {Printable.Text(their is { Length: > 0 } ? SecretMask.OfLine(their) : "nothing")}. Send the signed method, or presign an operation of the other one: GET does not cover HEAD."),
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
            return (SignatureDifference.Encoding, "The same path, encoded in another way: something between client and store decodes URLs and encodes them again (a proxy, a framework, System.Uri). Pass the path on as it is.");
        }

        if (UrlLocation.EncodedPath(PercentEncodedOnce(their)) == our)
        {
            return (SignatureDifference.Encoding, "The path is encoded twice on its way: '%' has become '%25'. Give the URL to the client as it is, without encoding it again.");
        }

        return their.Length > 0 && (their.EndsWith(our, StringComparison.Ordinal) || our.EndsWith(their, StringComparison.Ordinal))
            ? (SignatureDifference.Path, "One path ends with the other: a proxy adds or removes a prefix, or the bucket stands in the path for one side and in the host for the other. Sign for the path that the store receives (base path, UrlStyle).")
            : (SignatureDifference.Path, "The store received another path: another key or bucket, or a client that changes paths ('//', '.', '..', a leading '/').");
    }

    private static ReadOnlySpan<char> PercentEncodedOnce(string path) => path.Replace("%25", "%").AsSpan();

    private static (SignatureDifference, string) OfRest(string[] ours, string[] theirs, int line)
    {
        // All before this line is the same: theirs has no empty line earlier than ours.
        if (line <= Array.IndexOf(ours, "", FirstHeaderLine))
        {
            return OfHeader(NameOf(ours[line]), line < theirs.Length ? NameOf(theirs[line]) : "");
        }

        return line == ours.Length - 1
            ? (SignatureDifference.Payload, "The payload line differs. S3's presigned URLs sign UNSIGNED-PAYLOAD; with a signed x-amz-content-sha256 its value must be the hash of the body that is sent.")
            : (SignatureDifference.SignedHeaders, "The lists of signed headers differ: the store has read another X-Amz-SignedHeaders.");
    }

    private static (SignatureDifference, string) OfHeader(string our, string their) => (our, their) switch
    {
        ("host", "host") => (SignatureDifference.Host, "The store sees another host: a proxy, a CDN or Docker's own name stands between, or a port is missing. Sign for the host that the store receives (Endpoint), or let the proxy pass the Host header on."),
        _ when our == their => (SignatureDifference.HeaderValue, $"The header '{Printable.Text(our)}' is sent with another value than the signed one. Send exactly what RequiredHeaders holds."),
        _ when our.Length > 0 && (their.Length == 0 || string.CompareOrdinal(our, their) < 0) =>
            (SignatureDifference.MissingHeader, $"The header '{Printable.Text(our)}' is signed and was not sent. Send all of RequiredHeaders with the request."),
        _ => (SignatureDifference.SignedHeaders, $"The store has a line for the header '{Printable.Text(their)}', which is not signed here. Sign it, or do not send it."),
    };

    private static string NameOf(string line)
    {
        int colon = line.IndexOf(':');
        return colon < 0 ? "" : line[..colon];
    }
}
