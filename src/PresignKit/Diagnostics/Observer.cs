namespace PresignKit;

/// <summary>The message phrases for the side that observed a request: the store that received it or the client that sent it.</summary>
/// <param name="Got">The start of a sentence about what the request contains.</param>
/// <param name="Lacks">The start of a sentence about what the request does not contain.</param>
/// <param name="Was">The end of a sentence about a changed part.</param>
/// <param name="OfOtherUrl">The remedy if the request contains a different presigned URL.</param>
internal sealed record Observer(string Got, string Lacks, string Was, string OfOtherUrl)
{
    public static readonly Observer Store = new("The store received", "The store did not receive", "was received", "Pass the response to this URL.");

    public static readonly Observer Client = new("The client sent", "The client did not send", "was sent", "Pass the URL that was sent.");
}
