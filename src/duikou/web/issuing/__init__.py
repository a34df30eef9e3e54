"""文件: papers from draft to issue, what they rest on, issued again, and asked again today."""
