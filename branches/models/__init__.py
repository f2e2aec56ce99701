from branches.models.branch import Branch
from branches.models.media import BranchDocument, BranchImage, BranchRendition
from branches.models.membership import Membership
from branches.models.pages import BranchPage, BranchTreePage, SectionPage, ServicesPage
from branches.models.review import BranchReviewTask
from branches.models.service import Service
from branches.models.slug_record import SlugRecord
from branches.models.user import User

__all__ = [
    "Branch",
    "BranchDocument",
    "BranchImage",
    "BranchPage",
    "BranchRendition",
    "BranchReviewTask",
    "BranchTreePage",
    "Membership",
    "SectionPage",
    "Service",
    "ServicesPage",
    "SlugRecord",
    "User",
]
