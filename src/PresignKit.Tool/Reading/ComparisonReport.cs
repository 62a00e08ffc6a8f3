using System.Text;
using System.Text.Json;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;

namespace PresignKit.Tool.Reading;

/// <summary>The explanation of a store's response for people and as JSON.</summary>
/// <param name="Comparison">The comparison with the signed text.</param>
/// <param name="Response">The response.</param>
/// <param name="Method">The method of the request.</param>
internal sealed record ComparisonReport(SignatureComparison Comparison, StoreResponse Response, HttpMethod Method)
{
    private const int LabelWidth = 20;
    private const int QueryLine = 3;

    private string Cause => Messages.ToFlags(Comparison.Cause);

    /// <summary>Returns the code with the difference, the parts that differ, and the cause.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        string code = string.Join(' ', ((string?[])[Response.Status, Response.Code]).OfType<string>());
        bool isOtherError = Comparison.Difference == SignatureDifference.OtherError && code.Length > 0;
        text.Append(Shown.Text(isOtherError ? code : code.Length == 0 ? Summary() : $"{code}: {Summary()}")).Append('\n');
        (IReadOnlyList<string> signed, IReadOnlyList<string> received) = Differences();
        if (signed.Count + received.Count > 0)
        {
            AppendLines(text, "signed here", signed);
            AppendLines(text, "seen by the store", received);
        }

        return text.Append(Shown.Whole(Cause)).Append('\n').ToString();
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        (IReadOnlyList<string> signed, IReadOnlyList<string> received) = Differences();
        json.WriteStartObject();
        ResultJson.WriteOptional(json, "status", Response.Status);
        ResultJson.WriteOptional(json, "code", Response.Code);
        string difference = Comparison.Difference.ToString();
        json.WriteString("difference", char.ToLowerInvariant(difference[0]) + difference[1..]);
        json.WriteString("method", Method.Method);
        if (Comparison.Line is { } line)
        {
            json.WriteNumber("line", line);
        }

        ResultJson.WriteArray(json, "signed", signed);
        ResultJson.WriteArray(json, "received", received);
        json.WriteString("cause", Cause);
        json.WriteEndObject();
    }

    private string Summary() => Comparison.Difference switch
    {
        SignatureDifference.SecretKey => "the secret access key is different",
        SignatureDifference.OtherError => "a different error",
        SignatureDifference.Method => "the method is different",
        SignatureDifference.Path => "the path is different",
        SignatureDifference.Encoding => "the encoding is different",
        SignatureDifference.AppendedParameter => "a query parameter was appended after signing",
        SignatureDifference.MissingParameter => "a signed query parameter is missing",
        SignatureDifference.ParameterValue => "a query parameter is different",
        SignatureDifference.Host => "the host is different",
        SignatureDifference.MissingHeader => "a signed header is missing",
        SignatureDifference.HeaderValue => "a signed header is different",
        SignatureDifference.SignedHeaders => "the lists of signed headers are different",
        SignatureDifference.Payload => "the payload line is different",
        SignatureDifference.StringToSign => "the string to sign is different",
        SignatureDifference.UnsignedHeader => "a header is not signed",
        SignatureDifference.None => "nothing is different",
        _ => "the response does not show the cause",
    };

    // The query is one line of hundreds of characters, so only the parameters that differ are shown.
    private (IReadOnlyList<string> Signed, IReadOnlyList<string> Received) Differences()
    {
        if (Comparison.Ours is null && Comparison.Theirs is null)
        {
            return ([], []);
        }

        bool isQuery = Comparison.Line == QueryLine && Comparison.Difference != SignatureDifference.StringToSign;
        string[] signed = isQuery ? (Comparison.Ours ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries) : [Comparison.Ours ?? "(nothing)"];
        string[] received = isQuery ? (Comparison.Theirs ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries) : [Comparison.Theirs ?? "(nothing)"];
        if (!isQuery)
        {
            return (signed, received);
        }

        string[] onlySigned = Without(signed, received), onlyReceived = Without(received, signed);
        return onlySigned.Length + onlyReceived.Length == 0 ? (signed, received) : (onlySigned, onlyReceived);
    }

    // A parameter that was sent twice differs in the number of its occurrences.
    private static string[] Without(string[] parameters, string[] others)
    {
        List<string> left = [.. others];
        return [.. parameters.Where(parameter => !left.Remove(parameter))];
    }

    private static void AppendLines(StringBuilder text, string label, IReadOnlyList<string> lines)
    {
        foreach (string line in lines.DefaultIfEmpty("(nothing)"))
        {
            text.Append("  ").Append(label.PadRight(LabelWidth)).Append(Shown.Whole(line)).Append('\n');
            label = "";
        }
    }
}
