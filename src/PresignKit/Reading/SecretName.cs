namespace PresignKit;

/// <summary>The kind of secret, which determines the shape of the value.</summary>
internal enum SecretKind
{
    /// <summary>A signature: 64 hexadecimal digits, or base64.</summary>
    Signature,

    /// <summary>An access key ID followed by a credential scope. Only the access key ID is masked.</summary>
    Credential,

    /// <summary>A session token or any other token.</summary>
    Token,

    /// <summary>A form's policy, which is base64-encoded JSON.</summary>
    Policy,

    /// <summary>An access key ID, a secret access key, or a customer's encryption key.</summary>
    Key,

    /// <summary>The value of an <c>Authorization</c> header, which starts with the authentication scheme.</summary>
    Authorization,

    /// <summary>The bytes of a canonical request in an error response, as space-separated hexadecimal digits. They can include a session token.</summary>
    RequestBytes,
}

/// <summary>The position of a name whose value is a secret.</summary>
/// <param name="Kind">The kind of secret.</param>
/// <param name="Start">The index of the name's first character.</param>
/// <param name="End">The index after the name's last character.</param>
/// <param name="Certainty">The likelihood that the word is the name of a secret rather than part of a sentence.</param>
internal readonly record struct SecretName(SecretKind Kind, int Start, int End, NameCertainty Certainty)
{
    private const int MaxPrefix = 64;

    // A hyphen in these names matches a hyphen, an underscore, a space, or nothing. The first match wins, so a name must come after any longer name that starts with it.
    private static readonly (string Name, SecretKind Kind, NameCertainty Certainty)[] Names =
    [
        ("signature-provided", SecretKind.Signature, NameCertainty.Certain),
        ("signature", SecretKind.Signature, NameCertainty.Word),
        ("sig", SecretKind.Signature, NameCertainty.CommonWord),
        ("session-token", SecretKind.Token, NameCertainty.Certain),
        ("security-token", SecretKind.Token, NameCertainty.Certain),
        ("secret-access-key", SecretKind.Key, NameCertainty.Certain),
        ("secret-key", SecretKind.Key, NameCertainty.Certain),
        ("credential", SecretKind.Credential, NameCertainty.Word),
        ("customer-key", SecretKind.Key, NameCertainty.Certain),
        ("canonical-request-bytes", SecretKind.RequestBytes, NameCertainty.Certain),
        ("token", SecretKind.Token, NameCertainty.CommonWord),
        ("policy", SecretKind.Policy, NameCertainty.CommonWord),
        ("access-key-id", SecretKind.Key, NameCertainty.Certain),
        ("access-key", SecretKind.Key, NameCertainty.CommonWord),
        ("access-id", SecretKind.Key, NameCertainty.Certain),
        ("authorization", SecretKind.Authorization, NameCertainty.PartOfSentence),
        ("encryption-key", SecretKind.Key, NameCertainty.Certain),
        ("q-ak", SecretKind.Key, NameCertainty.Certain),
    ];

    /// <summary>Finds a known name at the specified index. The result includes any prefix, such as <c>X-Amz-</c>.</summary>
    public static bool TryFind(UnescapedText text, int index, out SecretName found)
    {
        found = default;
        int letter = text[index] | 0x20;
        if (letter is not ('s' or 'c' or 't' or 'p' or 'a' or 'e' or 'q') || !CanFollow(letter, text[index + 1]))
        {
            return false;
        }

        foreach ((string name, SecretKind kind, NameCertainty ofWord) in Names)
        {
            if (name[0] != letter)
            {
                continue;
            }

            int end = EndOf(text, index, name, out bool hasSpace);
            if (end > 0 && !Continues(text, end))
            {
                bool isName = TryFindStart(text, index, ofWord, out int start, out NameCertainty certainty);
                found = new SecretName(kind, start, end, hasSpace ? NameCertainty.PartOfSentence : certainty);
                return isName;
            }
        }

        return false;
    }

    // A cheap early exit: the first two letters rule out almost every word. A character below the hyphen passes because it might be a line break in a wrapped name.
    private static bool CanFollow(int letter, char second) => letter switch
    {
        _ when second < '-' => true,
        's' => (second | 0x20) is 'i' or 'e',
        'c' => (second | 0x20) is 'r' or 'u' or 'a',
        't' or 'p' => (second | 0x20) == 'o',
        'a' => (second | 0x20) is 'c' or 'u',
        'e' => (second | 0x20) == 'n',
        _ => true,
    };

    // Returns the index after the name, or -1 if the name does not occur at the index. Line breaks within the name are skipped because lines can be wrapped.
    private static int EndOf(UnescapedText text, int at, string name, out bool hasSpace)
    {
        hasSpace = false;
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0)
            {
                at = SkipBreak(text, at);
            }

            char c = text[at];
            if (name[i] != '-')
            {
                if ((c | 0x20) != name[i])
                {
                    return -1;
                }

                at++;
            }
            else if (c is '-' or '_' or ' ')
            {
                hasSpace |= c == ' ';
                at++;
            }
        }

        return at;
    }

    private static int SkipBreak(UnescapedText text, int at) => text.IsBreak(at) ? text.IsBreak(at + 1) ? at + 2 : at + 1 : at;

    // The words 'policies', 'token_type', 'Customer-Key-MD5' and 'policy.json' start with a known name but are not names of secrets.
    private static bool Continues(UnescapedText text, int end) =>
        IsLetterOrDigit(text[end]) || (text[end] is '-' or '_' or '.' && IsLetterOrDigit(text[end + 1]));

    private static bool TryFindStart(UnescapedText text, int word, NameCertainty ofWord, out int start, out NameCertainty certainty)
    {
        start = word;
        certainty = ofWord;
        char before = text[word - 1];
        if (IsLetterOrDigit(before))
        {
            // AWSAccessKeyId, s3session-token, uploadToken, but not 'bucketpolicy'
            start = StartOfPrefix(text, word);
            bool isWord = before is >= '0' and <= '9' || (before is >= 'a' and <= 'z' && char.IsUpper(text[word]));
            certainty = ofWord == NameCertainty.Certain || !IsLetter(before) ? ofWord : NameCertainty.PartOfSentence;
            return isWord || ofWord == NameCertainty.Certain;
        }

        // A line can be wrapped before or after a hyphen in a name.
        if (before is '-' or '_' || IsWrapped(text, word))
        {
            start = StartOfPrefix(text, word);
            if (!HasVendor(text, start, word) && StartOfBreak(text, start) is var lineEnd && lineEnd < start && StartOfPrefix(text, lineEnd) is var wrapped && HasVendor(text, wrapped, lineEnd))
            {
                start = wrapped;
            }

            certainty = ofWord == NameCertainty.Certain || HasVendor(text, start, word) ? NameCertainty.Certain : NameCertainty.PartOfSentence;
        }

        return true;
    }

    // x-amz-, x_goog_, q-; but not 'matrix-'
    private static bool HasVendor(UnescapedText text, int start, int word)
    {
        for (int i = start; i < word; i++)
        {
            if ((text[i] | 0x20) is 'x' or 'q' && text[i + 1] is '-' or '_' && (i == start || !IsLetterOrDigit(text[i - 1]) || EndOf(text, i, "x-amz", out _) > 0))
            {
                return true;
            }
        }

        return false;
    }

    private static int StartOfPrefix(UnescapedText text, int word)
    {
        int start = word;
        while (word - start < MaxPrefix)
        {
            if (IsWrapped(text, start))
            {
                start = StartOfBreak(text, start);
            }

            if (!IsLetterOrDigit(text[start - 1]) && text[start - 1] is not ('-' or '_'))
            {
                break;
            }

            start--;
        }

        return start;
    }

    // Determines whether a line is wrapped at an index, directly before or after a hyphen or an underscore.
    private static bool IsWrapped(UnescapedText text, int at)
    {
        int start = StartOfBreak(text, at);
        return start < at && (text[start - 1] is '-' or '_' || (text[at] is '-' or '_' && IsLetterOrDigit(text[start - 1])));
    }

    private static int StartOfBreak(UnescapedText text, int end) => text.IsBreak(end - 1) ? text.IsBreak(end - 2) ? end - 2 : end - 1 : end;

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsLetterOrDigit(char c) => IsLetter(c) || c is >= '0' and <= '9';
}

/// <summary>The likelihood that a word is the name of a secret.</summary>
internal enum NameCertainty
{
    /// <summary>A name that is treated as the name of a secret only if its value looks like a secret: <c>upload-token</c>, <c>Retry-Policy</c>, <c>access key ID</c>.</summary>
    PartOfSentence,

    /// <summary>The names <c>policy</c>, <c>token</c>, <c>sig</c> and <c>access key</c>, which are also common words or parameters of other services.</summary>
    CommonWord,

    /// <summary>The words <c>signature</c> and <c>credential</c>.</summary>
    Word,

    /// <summary>A name that is used only for secrets: <c>X-Amz-Signature</c>, <c>AWSAccessKeyId</c>, <c>session_token</c>.</summary>
    Certain,
}
