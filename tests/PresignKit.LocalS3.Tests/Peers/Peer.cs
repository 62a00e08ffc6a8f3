namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A program outside .NET that presigns URLs.</summary>
public enum Peer
{
    Boto3,
    Boto3AndCurl,
    AwsCli,
    Node,
}
