namespace PresignKit.Tool.Reading;

/// <summary>
/// Masks the secrets in a text of any length, and keeps only a window of the text in memory:
/// <code>
/// ┌─────────────── already written ───────────────┐
/// …                          ┌───── context ──────┬──── written next ────┬── held back ──┐
/// </code>
/// </summary>
/// <remarks>
/// A secret and its name can be on different lines. Each part is therefore redacted together with the text before it, which is called the context. A part is written only when it is certain
/// that the lines after it cannot change how it is redacted.
/// </remarks>
internal sealed class StreamRedactor(Action<string> write)
{
    private const int ContextLength = 32 * 1024;
    private const int HeldBack = 8 * 1024;
    private const int PartLength = 256 * 1024;
    private const int MaxTries = 16;

    // Longer lines are cut, because a whole line would otherwise be kept in memory.
    private const int MaxLine = 2 * 1024 * 1024;

    private string _context = "";
    private string _redactedContext = "";
    private string _pending = "";

    /// <summary>Adds text, and writes the part of it that the following text cannot change.</summary>
    public void Append(string text)
    {
        _pending += text;
        if (_pending.Length >= PartLength + HeldBack)
        {
            WriteUpTo(FindCut(_pending.Length - HeldBack));
        }
    }

    /// <summary>Writes all complete lines, because no more text has arrived for a while and a person may be waiting for them.</summary>
    public void Pause() => WriteUpTo(_pending.LastIndexOf('\n') + 1);

    /// <summary>Writes the rest.</summary>
    public void Complete() => WriteUpTo(_pending.Length);

    // Returns the end of a line at which the text can be cut without changing the result, or 0 if more text is required.
    private int FindCut(int last)
    {
        int cut = last;
        for (int i = 0; i < MaxTries; i++)
        {
            cut = cut <= 0 ? 0 : _pending.LastIndexOf('\n', cut - 1) + 1;
            if (cut == 0)
            {
                break;
            }

            if (IsIndependent(cut))
            {
                return cut;
            }

            cut--;
        }

        return _pending.Length < MaxLine ? 0 : FindCutInLine(last);
    }

    // In a very long line, such as minified JSON, the text is cut at a comma or a space.
    private int FindCutInLine(int last)
    {
        int cut = last;
        for (int i = 0; i < MaxTries && cut > 0; i++)
        {
            cut = _pending.LastIndexOfAny([',', ' ', '\n'], cut - 1);
            if (cut > 0 && IsIndependent(cut))
            {
                return cut;
            }
        }

        return char.IsLowSurrogate(_pending[last]) ? last - 1 : last;
    }

    // Determines whether the text after a cut is redacted in the same way without the text before it. Only the neighborhood of the cut matters.
    private bool IsIndependent(int cut)
    {
        string before = cut >= ContextLength ? _pending[(cut - ContextLength)..cut] : _context + _pending[..cut];
        string after = _pending[cut..];
        return PresignedUrlInfo.Redact(before + after) == PresignedUrlInfo.Redact(before) + PresignedUrlInfo.Redact(after);
    }

    private void WriteUpTo(int end)
    {
        if (end == 0)
        {
            return;
        }

        string part = _pending[..end];
        _pending = _pending[end..];
        string text = _context + part;
        string redacted = PresignedUrlInfo.Redact(text);
        write(AfterContext(redacted, part));
        SetContext(text);
    }

    // Returns the part of the redacted text that follows the context, which has been written already.
    private string AfterContext(string redacted, string part)
    {
        if (redacted.StartsWith(_redactedContext, StringComparison.Ordinal))
        {
            return redacted[_redactedContext.Length..];
        }

        // The part changes how the context is redacted, so a secret spans both. The part is masked from its beginning up to the point after which both redactions are equal.
        string alone = PresignedUrlInfo.Redact(part);
        int same = 0;
        while (same < alone.Length && same < redacted.Length && alone[^(same + 1)] == redacted[^(same + 1)])
        {
            same++;
        }

        return "***" + alone[(alone.Length - same)..];
    }

    // The context begins with a line, unless the line is too long.
    private void SetContext(string text)
    {
        int start = Math.Max(0, text.Length - ContextLength);
        int line = start == 0 ? 0 : text.IndexOf('\n', start) + 1;
        _context = text[(line > 0 && line < text.Length ? line : start)..];
        _redactedContext = PresignedUrlInfo.Redact(_context);
    }
}
